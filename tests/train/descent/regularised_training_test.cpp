// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/network_trainer.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/networks/sparse_correlated_network.hpp>
#include <wideproof/train/descent/network_parameters.hpp>
#include <wideproof/train/regularizers/penalty_function.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

using model::Parameterisation;
using model::Regularizer;
using model::TrainingOptions;

constexpr std::int64_t width = 24, dimension = 5, outputs = 3, points = 14;

TrainableLaw regularised_law() {
  const model::Network network({.depth = 2,
                                .active_fraction = .4,
                                .threshold = model::ThresholdRule::quantile,
                                .bias_variance = .1,
                                .presynaptic = model::LateralFilter::box(3)});
  return {.hidden = {.network = network, .weight_variance = 5}, .readout_variance = 2};
}

model::TrainedNetwork regularised(const TrainingOptions& options) {
  return NetworkTrainer(regularised_law(), width, testing::some_data(points, dimension, outputs),
                        options, at::kDouble)
      .train(7, 3, 2);
}

double largest_difference(const model::TrainedState& a, const model::TrainedState& b) {
  return (a.outputs - b.outputs).cwiseAbs().maxCoeff();
}

/// Steps of plain descent that autograd takes through sim's module, a readout on top.
class AutogradDescent {
 public:
  AutogradDescent()
      : module_(sim::SparseCorrelatedNetworkOptions(dimension, width)
                    .law(regularised_law().hidden)
                    .seed(7)
                    .replicate(3)
                    .dtype(torch::kDouble)
                    .threshold_gradient(model::ThresholdGradient::detached)),
        data_(testing::some_data(points, dimension, outputs)),
        x_(sim::to_tensor(data_->inputs, at::kDouble)),
        y_(sim::to_tensor(data_->targets, at::kDouble)) {
    testing::with_team(1, [&](WorkerTeam& team) {
      readout_ = draw_parameters(
                     regularised_law(), {.seed = 7, .width = width, .replicate = 3}, dimension,
                     outputs, {.parameterisation = Parameterisation::standard}, at::kDouble, team)
                     .back()
                     .weights;
    });
    readout_.requires_grad_(true);
  }

  std::vector<at::Tensor> layers() {
    auto layers = module_->forward(x_).activations;
    layers.push_back(torch::mm(layers.back(), readout_.t()));
    return layers;
  }

  void step(const model::RegularizerOptions& regularizer, double rate) {
    const auto all = layers();
    const auto loss = .5 * (all.back() - y_).square().sum() +
                      regularizer.strength * activation_penalty(regularizer, all);
    auto parameters = module_->parameters();
    parameters.push_back(readout_);
    loss.backward();
    const torch::NoGradGuard no_gradients;
    for (auto& parameter : parameters) {
      parameter.sub_(parameter.grad(), rate);
      parameter.mutable_grad().reset();
    }
  }

 private:
  sim::SparseCorrelatedNetwork module_;
  std::shared_ptr<const model::TrainingData> data_;
  at::Tensor x_, y_, readout_;
};

TEST(RegularisedTraining, IsThatOfAutograd) {
  constexpr double rate = 0.01;
  for (const auto kind : {Regularizer::mean_correlation, Regularizer::t1, Regularizer::t2}) {
    TrainingOptions options{
        .parameterisation = Parameterisation::standard,
        .learning_rate = rate,
        .regularizer = {.kind = kind, .strength = kind == Regularizer::t1 ? .3 : 5, .share = .5},
        .steps = 4,
        .record = {0, 4}};
    const auto states = regularised(options);
    AutogradDescent descent;
    const auto regularizer = [&] {
      return activation_penalty(options.regularizer, descent.layers()).item<double>();
    };
    EXPECT_NEAR(states[0].regularizer, regularizer(), 1e-12);
    for (int step = 0; step < 4; ++step) descent.step(options.regularizer, rate);
    const auto f = sim::to_matrix(descent.layers().back().detach().t().contiguous());
    EXPECT_LE((states[1].outputs - f).cwiseAbs().maxCoeff(), 1e-11) << name_of(kind);
    EXPECT_NEAR(states[1].regularizer, regularizer(), 1e-11);
    options.regularizer.strength = 0;
    const auto without = regularised(options);
    EXPECT_GT(largest_difference(states[1], without[1]), 1e-3);
    EXPECT_LT(states[1].regularizer, without[1].regularizer - 1e-4);
    EXPECT_EQ(states[0].regularizer, without[0].regularizer);
  }
}

// A chance of dropping below 2⁻³² drops nothing, but takes the way of two passes.
TEST(RegularisedTraining, HasAPassOfItsOwnBesideDropout) {
  TrainingOptions options{.learning_rate = 0.01,
                          .regularizer = {.kind = Regularizer::t2, .strength = 5},
                          .batch_size = 5,
                          .steps = 7,
                          .record = {7}};
  const auto one_pass = regularised(options);
  options.dropout = 1e-12;
  EXPECT_LE(largest_difference(one_pass[0], regularised(options)[0]), 1e-9);
  options.dropout = 0.2;
  EXPECT_GT(largest_difference(one_pass[0], regularised(options)[0]), 1e-3);
}

TEST(RegularisedTraining, PenalisesSquaresAsWeightDecayDoes) {
  TrainingOptions options{.learning_rate = 0.02,
                          .momentum = 0.5,
                          .weight_decay = 0.06,
                          .batch_size = 4,
                          .steps = 9,
                          .record = {0, 9}};
  const auto decayed = regularised(options);
  options.weight_decay = 0;
  EXPECT_TRUE(std::isnan(decayed[0].regularizer));
  EXPECT_GT(largest_difference(decayed[1], regularised(options)[1]), 1e-3);
  options.regularizer = {.kind = Regularizer::l2, .strength = 0.03};
  const auto penalised = regularised(options);
  EXPECT_LE(largest_difference(decayed[1], penalised[1]), 1e-11);
  EXPECT_LT(penalised[1].regularizer, penalised[0].regularizer);
}

TEST(RegularisedTraining, ShowsSumsOverAllParameters) {
  double sum = 0, squares = 0;
  testing::with_team(1, [&](WorkerTeam& team) {
    for (const auto& tensor :
         tensors_of(draw_parameters(regularised_law(), {.seed = 7, .width = width, .replicate = 3},
                                    dimension, outputs, {}, at::kDouble, team))) {
      sum += tensor.abs().sum().item<double>();
      squares += tensor.square().sum().item<double>();
    }
  });
  TrainingOptions options{.steps = 1, .record = {0}};
  options.regularizer = {.kind = Regularizer::l1};
  EXPECT_NEAR(regularised(options)[0].regularizer / sum, 1, 1e-13);
  options.regularizer = {.kind = Regularizer::l2};
  EXPECT_NEAR(regularised(options)[0].regularizer / squares, 1, 1e-13);
}

/// Shows the persistence of its networks on their first five training inputs.
NetworkTrainer persistent_trainer(const TrainingOptions& options, std::int64_t inputs = 5) {
  return {regularised_law(), width,       testing::some_data(points, dimension, outputs),
          options,           at::kDouble, inputs};
}

// At step 0 the recorded R is of the same networks: a batch of as many inputs, all neurons.
TEST(RegularisedTraining, ShowsThePersistenceOfUntrainedNetworks) {
  for (const auto layers : {model::TrainedLayers::all, model::TrainedLayers::readout}) {
    TrainingOptions options{.layers = layers, .batch_size = 5, .steps = 3, .record = {2, 3}};
    const auto network = persistent_trainer(options).train(7, 3, 2);
    const auto shown = network[0].persistence;
    EXPECT_TRUE(std::isnan(network[1].persistence.t1));
    EXPECT_TRUE(std::isnan(persistent_trainer(options, 0).train(7, 3, 1)[0].persistence.t1));
    options.layers = model::TrainedLayers::all;
    options.record = {0};
    const auto recorded = [&](Regularizer kind) {
      options.regularizer = {.kind = kind};
      return regularised(options)[0].regularizer;
    };
    EXPECT_NEAR(shown.t1, recorded(Regularizer::t1), 1e-12);
    EXPECT_NEAR(shown.t2, recorded(Regularizer::t2), 1e-12);
    EXPECT_NEAR(shown.mean_correlation, recorded(Regularizer::mean_correlation), 1e-12);
  }
}

TEST(RegularisedTraining, KeepsThePersistenceWhereItWasStopped) {
  const TrainingOptions options{.batch_size = 5, .steps = 9, .record = {4, 9}};
  const auto trainer = persistent_trainer(options);
  const auto whole = trainer.train(7, 3, 1);
  for (const std::int64_t stop : {2, 6}) {
    std::string saved;
    trainer.train(7, 3, 1,
                  {.go_on = [&](const Progress& at) { return at.step < stop; }, .saved = &saved});
    const auto resumed = trainer.train(7, 3, 1, {.resume_from = saved});
    EXPECT_EQ(resumed[0].persistence.t1, whole[0].persistence.t1);
    EXPECT_EQ(resumed[0].persistence.mean_correlation, whole[0].persistence.mean_correlation);
    EXPECT_TRUE(std::isnan(resumed[1].persistence.t2));
  }
}

TEST(RegularisedTraining, RefusesCorrelationsOfOneInputAndTooManyNeurons) {
  const auto refusal = [](const TrainingOptions& options) {
    try {
      regularised(options);
    } catch (const model::InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  TrainingOptions options{.regularizer = {.kind = Regularizer::t1}, .batch_size = 13, .steps = 1};
  EXPECT_THAT(refusal(options),
              ::testing::AllOf(::testing::StartsWith("training.regularizer.kind = \"t1\""),
                               ::testing::HasSubstr("14 inputs in batches of 13 leave 1")));
  options.batch_size = 12;
  EXPECT_EQ(refusal(options), "");
  options.regularizer.neurons = 25;
  EXPECT_THAT(refusal(options), ::testing::StartsWith("training.regularizer.neurons = 25"));
}

}  // namespace
}  // namespace wideproof::train
