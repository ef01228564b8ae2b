// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/network_trainer.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

using model::Loss;
using model::Optimizer;
using model::Regularizer;
using model::TrainingOptions;

TrainableLaw some_law(model::ThresholdRule rule = model::ThresholdRule::quantile) {
  const model::Network network({.depth = 2,
                                .active_fraction = .3,
                                .threshold = rule,
                                .bias_variance = .1,
                                .presynaptic = model::LateralFilter::box(3)});
  return {.hidden = {.network = network, .weight_variance = 5}, .readout_variance = 2};
}

TrainableLaw projecting_law() {
  const model::Network network(
      {.depth = 2, .activation = model::Activation::sparse_projection, .sparseness = .6});
  return {.hidden = {.network = network}};
}

model::TrainedNetwork trained(const TrainableLaw& law, std::int64_t width,
                              const std::shared_ptr<const model::TrainingData>& data,
                              const TrainingOptions& options, int threads = 1,
                              const Hooks& hooks = {}, at::ScalarType dtype = at::kFloat) {
  return NetworkTrainer(law, width, data, options, dtype).train(7, 3, threads, hooks);
}

bool same_number(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

void expect_same_bits(const model::TrainedNetwork& a, const model::TrainedNetwork& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].outputs, b[i].outputs) << i;
    EXPECT_TRUE(same_number(a[i].loss, b[i].loss));
    EXPECT_TRUE(same_number(a[i].test_loss, b[i].test_loss));
    EXPECT_TRUE(same_number(a[i].accuracy, b[i].accuracy));
    EXPECT_TRUE(same_number(a[i].test_accuracy, b[i].test_accuracy));
    EXPECT_TRUE(same_number(a[i].validation_loss, b[i].validation_loss));
    EXPECT_TRUE(same_number(a[i].validation_accuracy, b[i].validation_accuracy));
    EXPECT_TRUE(same_number(a[i].regularizer, b[i].regularizer));
    EXPECT_TRUE(same_number(a[i].tangent_drift, b[i].tangent_drift));
    EXPECT_TRUE(same_number(a[i].effective_dimension, b[i].effective_dimension));
    EXPECT_EQ(a[i].active_fractions, b[i].active_fractions);
    EXPECT_EQ(a[i].degrees_of_correlation, b[i].degrees_of_correlation);
  }
}

std::vector<TrainingOptions> many_options() {
  std::vector<TrainingOptions> all;
  const TrainingOptions batches{.loss = Loss::cross_entropy,
                                .learning_rate = 0.02,
                                .batch_size = 7,
                                .steps = 11,
                                .record = {0, 4, 5, 11}};
  for (const auto optimizer : {Optimizer::sgd, Optimizer::adam, Optimizer::adamw,
                               Optimizer::rmsprop, Optimizer::adagrad}) {
    all.push_back(batches);
    all.back().optimizer = optimizer;
  }
  auto other = batches;
  other.momentum = 0.9;
  other.nesterov = true;
  other.clip_norm = 1;
  other.schedule = model::RateSchedule::cosine;
  other.centred = true;
  other.trained = model::Trained::field;
  other.threshold_gradient = model::ThresholdGradient::through;
  all.push_back(other);
  other = batches;
  other.layers = model::TrainedLayers::readout;
  all.push_back(other);
  for (const auto kind : {Regularizer::l1, Regularizer::l2, Regularizer::mean_correlation,
                          Regularizer::t1, Regularizer::t2}) {
    other = batches;
    other.regularizer = {.kind = kind, .strength = 0.01, .share = 0.5};
    other.dropout = kind == Regularizer::t1 || kind == Regularizer::l1 ? 0.3 : 0;
    all.push_back(other);
  }
  other = batches;
  other.batch_size = {};
  other.loss = Loss::squared;
  all.push_back(other);
  other.validation_fraction = 0.2;
  other.patience = 2;
  all.push_back(other);
  return all;
}

TEST(NetworkTrainer, HasTheSameBitsForAnyNumberOfThreads) {
  // Wide enough for several blocks of neurons.
  const auto data = testing::some_data(60, 5, 3, 10, /*validates=*/true);
  for (const auto& options : many_options()) {
    const auto one = trained(some_law(), 600, data, options, 1);
    for (const int threads : {2, 3}) {
      expect_same_bits(one, trained(some_law(), 600, data, options, threads));
    }
    EXPECT_EQ(one.size(), 4U);
    EXPECT_NE(one[0].outputs, one[3].outputs);
  }
}

TEST(NetworkTrainer, GoesOnFromWhereItWasStoppedWithTheSameBits) {
  const auto data = testing::some_data(30, 5, 3, 5, /*validates=*/true);
  for (const auto& options : many_options()) {
    const auto whole = trained(some_law(), 40, data, options);
    for (const std::int64_t stop : {1, 4, 6, 10}) {
      std::string saved;
      const auto first =
          trained(some_law(), 40, data, options, 2,
                  {.go_on = [&](const Progress& at) { return at.step < stop; }, .saved = &saved});
      ASSERT_FALSE(saved.empty());
      EXPECT_LT(first.size(), whole.size());
      std::string nothing = "something";
      expect_same_bits(whole, trained(some_law(), 40, data, options, 1,
                                      {.resume_from = saved, .saved = &nothing}));
      EXPECT_TRUE(nothing.empty());
    }
  }
}

TEST(NetworkTrainer, TellsHowItGoes) {
  for (const std::int64_t outputs : {1, 3}) {
    const auto data = testing::some_data(30, 5, outputs, 5);
    const TrainingOptions options{.learning_rate = 0.02, .steps = 30, .record = {0, 30}};
    std::vector<Progress> told;
    const auto states = trained(some_law(), 40, data, options, 1,
                                {.go_on =
                                     [&](const Progress& at) {
                                       told.push_back(at);
                                       return true;
                                     }},
                                at::kDouble);
    ASSERT_EQ(told.size(), 29U);
    EXPECT_NEAR(told.front().loss, states[0].loss, 1e-9);  // of the step's start
    EXPECT_EQ(told.front().accuracy, states[0].accuracy);
    EXPECT_GT(told.back().accuracy, told.front().accuracy);
  }
}

TEST(NetworkTrainer, RefusesWhatAnotherTrainingSaved) {
  const auto data = testing::some_data(30, 5, 3);
  const auto options = many_options().front();
  std::string saved;
  const NetworkTrainer trainer(some_law(), 40, data, options, at::kFloat);
  trainer.train(7, 3, 1, {.go_on = [](const Progress&) { return false; }, .saved = &saved});
  EXPECT_THROW(trainer.train(8, 3, 1, {.resume_from = saved}), model::InputError);
  EXPECT_THROW(trainer.train(7, 4, 1, {.resume_from = saved}), model::InputError);
  EXPECT_THROW(trained(some_law(), 41, data, options, 1, {.resume_from = saved}),
               model::InputError);
  for (const std::size_t size : {std::size_t{3}, std::size_t{50}, saved.size() - 1}) {
    EXPECT_THROW(trainer.train(7, 3, 1, {.resume_from = saved.substr(0, size)}), model::InputError);
  }
}

// f_t − y = (1 − ηK)^t (f_0 − y) on the training inputs, K = σ_r²/n z·z, and what K of a test input
// with them makes of it.
TEST(NetworkTrainer, ReadoutsFollowTheClosedFormOfTheirOwnGram) {
  const auto data = testing::some_data(12, 5, 1, 4);
  const TrainingOptions options{.layers = model::TrainedLayers::readout,
                                .learning_rate = 0.05,
                                .steps = 40,
                                .record = {0, 1, 2, 40}};
  // Gram by differences: K = (f_0 − f_1)/η·(f_0 − y)⁻¹ is not enough, so from the layers
  // themselves.
  const auto states = trained(some_law(), 50, data, options, 1, {}, at::kDouble);
  Eigen::MatrixXd z;
  testing::with_team(1, [&](WorkerTeam& team) {
    const auto parameters = draw_parameters(some_law(), {.seed = 7, .width = 50, .replicate = 3}, 5,
                                            1, options, at::kDouble, team);
    NetworkPass pass(some_law(), options, {50, 50}, 1, 12, at::kDouble, team);
    pass.forward(parameters, sim::to_tensor(data->inputs, at::kDouble));
    z = sim::to_matrix(pass.activations(1));
  });
  const Eigen::MatrixXd kernel = 2.0 / 50 * z * z.transpose();
  const Eigen::VectorXd y = data->targets.col(0).head(8);
  Eigen::VectorXd f = states[0].outputs.row(0).transpose();
  std::size_t recorded = 1;
  for (std::int64_t step = 1; step <= 40; ++step) {
    const Eigen::VectorXd errors = f.head(8) - y;
    f -= 0.05 * kernel.leftCols(8) * errors;
    if (step != options.record[recorded]) continue;
    EXPECT_LE((states[recorded].outputs.row(0).transpose() - f).norm(), 1e-12 * f.norm());
    EXPECT_NEAR(states[recorded].loss, 0.5 * (f.head(8) - y).squaredNorm(), 1e-12);
    EXPECT_EQ(states[recorded].tangent_drift, 0);
    ++recorded;
  }
  EXPECT_LT(states[3].loss, 0.5 * states[0].loss);
}

TEST(NetworkTrainer, LearnsAnEasyProblem) {
  const auto data = testing::some_data(240, 4, 2, 40);
  const auto states = trained(some_law(), 200, data,
                              {.loss = Loss::cross_entropy,
                               .learning_rate = 1,
                               .batch_size = 20,
                               .epochs = 30,
                               .record = {0, 300}});
  EXPECT_LT(states[1].loss, 0.3 * states[0].loss);
  EXPECT_GT(states[1].accuracy, 0.95);
  EXPECT_LT(states[1].test_loss, states[0].test_loss);
  EXPECT_GT(states[1].test_accuracy, 0.85);
  EXPECT_TRUE(std::isnan(states[1].tangent_drift));  // of more than 128 training inputs
}

TEST(NetworkTrainer, ShowsWhatItWasAskedFor) {
  const auto data = testing::some_data(30, 5, 1, 6);
  const auto states =
      trained(some_law(), 300, data, {.learning_rate = 0.2, .steps = 30, .record = {0, 30}});
  for (const auto& state : states) {
    EXPECT_EQ(state.outputs.rows(), 1);
    EXPECT_EQ(state.outputs.cols(), 30);
    ASSERT_EQ(state.active_fractions.size(), 2);
    for (const double f : state.active_fractions) EXPECT_NEAR(f, 0.3, 1.0 / 300);
    ASSERT_EQ(state.degrees_of_correlation.size(), 1);
    EXPECT_NEAR(state.degrees_of_correlation[0], 2, 3 * 6 * std::sqrt(2.0 / 300));
    EXPECT_GT(state.effective_dimension, 1);
    EXPECT_LT(state.effective_dimension, 24);
  }
  EXPECT_EQ(states[0].tangent_drift, 0);
  EXPECT_GT(states[1].tangent_drift, 1e-4);
  EXPECT_LT(states[1].tangent_drift, 1);
  EXPECT_LT(states[1].loss, states[0].loss);
}

TEST(NetworkTrainer, CentredNetworksStartFromNothing) {
  const auto data = testing::some_data(20, 5, 1, 4);
  TrainingOptions options{.learning_rate = 0.02, .steps = 5, .record = {0, 5}, .centred = true};
  const auto states = trained(some_law(), 100, data, options, 1, {}, at::kDouble);
  EXPECT_EQ(states[0].outputs, Eigen::MatrixXd::Zero(1, 20));
  EXPECT_DOUBLE_EQ(states[0].loss, 0.5 * 16);
  EXPECT_LT(states[1].loss, states[0].loss);
  options.centred = false;
  EXPECT_NE(trained(some_law(), 100, data, options, 1, {}, at::kDouble)[0].outputs,
            states[0].outputs);
}

TEST(NetworkTrainer, LooksAtMoreInputsThanOnePassTakes) {
  const auto many = testing::some_data(1300, 5, 1, 100);
  auto few = std::make_shared<model::TrainingData>();
  few->inputs = many->inputs.bottomRows(150);
  few->targets = many->targets.bottomRows(150);
  for (Eigen::Index row = 0; row < 150; ++row) few->training.push_back(row);
  const TrainingOptions options{.learning_rate = 1e-3, .steps = 1, .record = {0}};
  const auto of_many = trained(some_law(), 64, many, options, 1, {}, at::kDouble)[0];
  const auto of_few = trained(some_law(), 64, few, options, 1, {}, at::kDouble)[0];
  EXPECT_LE((of_many.outputs.rightCols(150) - of_few.outputs).norm(),
            1e-12 * of_few.outputs.norm());
  EXPECT_GT(of_few.outputs.norm(), 1);
  // 13,000 outputs are too many to keep.
  const auto wide = testing::some_data(1300, 10, 10, 100);
  const auto state = trained(some_law(), 64, wide, options)[0];
  EXPECT_EQ(state.outputs.size(), 0);
  EXPECT_GT(state.test_loss, 0);
}

TEST(NetworkTrainer, CountsWhatItHoldsAndMultiplies) {
  const auto data = testing::some_data(64, 16, 1);
  const auto trainer = [&](const TrainingOptions& options) {
    return NetworkTrainer(some_law(), 256, data, options, at::kFloat);
  };
  const double parameters = 256 * 16 + 256 * 256 + 256;
  EXPECT_DOUBLE_EQ(trainer({.optimizer = Optimizer::adam, .steps = 1}).memory(1) -
                       trainer({.steps = 1}).memory(1),
                   3 * 4 * parameters);
  EXPECT_GT(trainer({.steps = 1}).memory(1), 4 * parameters);
  EXPECT_DOUBLE_EQ(trainer({.batch_size = 8, .steps = 10, .record = {5}}).work(),
                   (3 * 5 * 8 + 64) * parameters);
  EXPECT_LT(trainer({.layers = model::TrainedLayers::readout, .steps = 10}).work(),
            trainer({.steps = 10}).work());
}

// Targets are noise, so that the loss on the validation inputs rises sooner or later.
TEST(NetworkTrainer, StopsEarlyAndKeepsTheBest) {
  auto data =
      std::make_shared<model::TrainingData>(*testing::some_data(40, 30, 1, 0, /*validates=*/true));
  data->targets = testing::some_field(40, 1, 77);
  TrainingOptions options{
      .learning_rate = 0.1, .steps = 60, .validation_fraction = 0.2, .patience = 3};
  for (std::int64_t step = 0; step <= 60; ++step) options.record.push_back(step);
  const auto stopped = trained(some_law(), 100, data, options);
  options.patience = {};
  const auto whole = trained(some_law(), 100, data, options);
  const auto validation_loss = [&](const model::TrainedState& state) {
    double sum = 0;
    for (const auto row : data->validation) {
      sum += 0.5 * std::pow(state.outputs(0, row) - data->targets(row, 0), 2);
    }
    return sum;
  };
  std::size_t best = 0;
  std::size_t step = 0;
  for (std::size_t since = 0; since < 3; since = step - best) {
    ASSERT_LT(++step, whole.size());
    if (validation_loss(whole[step]) < validation_loss(whole[best])) best = step;
  }
  ASSERT_EQ(stopped.size(), whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_EQ(stopped[i].outputs, whole[i < step ? i : best].outputs) << i;
    EXPECT_NEAR(stopped[i].validation_loss, validation_loss(stopped[i]), 1e-12) << i;
  }
  EXPECT_NE(stopped.back().outputs, whole.back().outputs);
}

TEST(NetworkTrainer, SaysWhatToDoWhereItDiverges) {
  const auto data = testing::some_data(20, 5, 1);
  for (const auto& law : {some_law(), projecting_law()}) {
    try {
      trained(law, 100, data, {.learning_rate = 1e9, .steps = 50});
      FAIL() << "must diverge";
    } catch (const model::InputError& error) {
      const std::string message = error.what();
      EXPECT_THAT(message, ::testing::HasSubstr("training.learning_rate = 1000000000"));
      EXPECT_THAT(message, ::testing::HasSubstr("network 4 of width 100"));
      EXPECT_THAT(message, ::testing::ContainsRegex("after step [0-9]+; choose a smaller rate"));
      EXPECT_EQ(message.find('\n'), std::string::npos);
    }
  }
}

/// Layers stay on target while they learn, and as many of their neurons are active as were.
TEST(NetworkTrainer, TrainsProjectedLayers) {
  const auto data = testing::some_data(20, 5, 1);
  const TrainingOptions options{.learning_rate = .02, .steps = 200, .record = {0, 200}};
  const auto states = trained(projecting_law(), 400, data, options);
  EXPECT_LT(states[1].loss, .1 * states[0].loss);
  const auto hoyer = static_cast<Eigen::Index>(model::SparsityNumber::hoyer);
  const auto active = static_cast<Eigen::Index>(model::SparsityNumber::active_fraction);
  for (const auto& state : states) {
    const auto& sparsity = state.activity.training.sparsity;
    EXPECT_NEAR(sparsity(0, hoyer), .6, 1e-5);
    EXPECT_NEAR(sparsity(1, hoyer), .6, 1e-5);
    EXPECT_LT((sparsity.col(active) - state.active_fractions).cwiseAbs().maxCoeff(), 1e-12);
    // 2Q(α) of σ* = 0.6 is 0.277.
    EXPECT_NEAR(state.active_fractions[0], .277, .01);
  }
  auto readout = options;
  readout.layers = model::TrainedLayers::readout;
  EXPECT_GT(trained(projecting_law(), 400, data, readout)[1].loss, 1.2 * states[1].loss);
}

TEST(NetworkTrainer, RefusesWhatCannotBeTrained) {
  const auto data = testing::some_data(20, 5, 1, 4);
  const auto refusal = [&](const TrainingOptions& options,
                           model::Activation activation = model::Activation::relu) {
    const model::Network network({.depth = 2, .activation = activation});
    try {
      NetworkTrainer(TrainableLaw{.hidden = {.network = network}}, 10, data, options, at::kFloat);
    } catch (const model::InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(refusal({.batch_size = 17, .steps = 1}),
              ::testing::AllOf(::testing::StartsWith("training.batch_size = 17"),
                               ::testing::HasSubstr("16")));
  EXPECT_EQ(refusal({.batch_size = 16, .steps = 1}), "");
  EXPECT_THAT(refusal({.batch_size = 8, .epochs = 2, .record = {1, 5}}),
              ::testing::StartsWith("training.record = 5"));
  EXPECT_THAT(refusal({.steps = 1}, model::Activation::thresholded_step),
              ::testing::StartsWith("network.activation"));
  EXPECT_EQ(refusal({.layers = model::TrainedLayers::readout, .steps = 1},
                    model::Activation::thresholded_step),
            "");
}

TEST(NetworkTrainer, TrainsOnOneInputAndOnEqualOnes) {
  for (const std::int64_t points : {1, 4}) {
    auto data = std::make_shared<model::TrainingData>(*testing::some_data(points, 5, 1));
    data->inputs = data->inputs.row(0).replicate(points, 1).eval();
    data->targets.setOnes();
    const auto states =
        trained(some_law(), 64, data, {.learning_rate = 0.05, .steps = 200, .record = {0, 200}}, 2);
    EXPECT_LT(states[1].loss, 1e-6);
    EXPECT_NEAR(states[1].effective_dimension, 1, 1e-5);
    EXPECT_TRUE(std::isfinite(states[1].tangent_drift));
  }
}

// Thresholds so high that no neuron of the second layer is active: nothing trains, and nothing is
// not-a-number but what has no meaning.
TEST(NetworkTrainer, TrainsDeadLayersWithoutNotANumbers) {
  for (const auto gradient :
       {model::ThresholdGradient::detached, model::ThresholdGradient::through}) {
    auto law = some_law(model::ThresholdRule::fixed);
    law.hidden.preactivation_variance = {1e6, 1e6};
    const auto states = trained(
        law, 64, testing::some_data(10, 5, 1),
        {.threshold_gradient = gradient, .optimizer = Optimizer::adam, .steps = 5, .record = {5}});
    EXPECT_EQ(states[0].outputs, Eigen::MatrixXd::Zero(1, 10));
    EXPECT_EQ(states[0].loss, 5);
    EXPECT_EQ(states[0].active_fractions, Eigen::VectorXd::Zero(2));
  }
  // A norm of 0 sets a threshold of 0, which has no derivative.
  auto law = some_law(model::ThresholdRule::std);
  const model::Network network(
      {.depth = 2, .active_fraction = .3, .threshold = model::ThresholdRule::std});
  law.hidden = {.network = network, .weight_variance = 0};
  const auto states =
      trained(law, 64, testing::some_data(10, 5, 1),
              {.threshold_gradient = model::ThresholdGradient::through, .steps = 5, .record = {5}});
  EXPECT_EQ(states[0].loss, 5);
}

}  // namespace
}  // namespace wideproof::train
