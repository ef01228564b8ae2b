// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/network_pass.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/networks/sparse_correlated_network.hpp>
#include <wideproof/train/descent/batch_loss.hpp>
#include <wideproof/train/descent/network_parameters.hpp>
#include <wideproof/train/regularizers/activation_penalty.hpp>
#include <wideproof/train/regularizers/dropout_masks.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

using model::Activation;
using model::Loss;
using model::Parameterisation;
using model::ThresholdGradient;
using model::ThresholdRule;
using model::Trained;

/// Small enough for a difference by every parameter.
struct Small {
  static constexpr std::int64_t width = 12, inputs = 5, dimension = 3, outputs = 2;
};
constexpr double difference = 1e-6;
/// A central difference of a loss of order 10 carries ε/difference·10 = 2e-9 of rounding and
/// difference² = 1e-12 of curvature, each times derivatives of order 10.
constexpr double gradient_tolerance = 2e-7;

TrainableLaw small_law(ThresholdRule rule, Activation activation = Activation::thresholded_relu) {
  const model::Network network({.depth = 3,
                                .activation = activation,
                                .active_fraction = .35,
                                .threshold = rule,
                                .bias_variance = .3,
                                .presynaptic = model::LateralFilter::box(3),
                                .postsynaptic = model::LateralFilter::box(2)});
  return {.hidden = {.network = network, .weight_variance = 2}, .readout_variance = 1.5};
}

/// Layers of 12, 9 and 18 neurons.
TrainableLaw uneven_law() {
  auto law = small_law(ThresholdRule::quantile);
  auto options = law.hidden.network.options();
  options.layers = {{1}, {.75}, {1.5}};
  law.hidden.network = model::Network(options);
  return law;
}

/// A loss of one network as a function of its parameters, with its gradient by NetworkPass: with
/// `regularizer` of strength λ that of loss + λR, with dropout that of a step's masks.
class SomeLoss {
 public:
  SomeLoss(const TrainableLaw& law, const model::TrainingOptions& options, WorkerTeam& team)
      : parameters(draw_parameters(law, {.seed = 1, .width = Small::width, .replicate = 2},
                                   Small::dimension, Small::outputs, options, at::kDouble, team)),
        pass_(law, options, law.hidden.network.widths(Small::width), Small::outputs,
              Small::inputs + 3, at::kDouble, team),
        loss_(options.loss, testing::some_field(Small::inputs, Small::outputs, 8).cwiseAbs(), false,
              {}),
        x_(sim::to_tensor(
            testing::some_field(Small::inputs, Small::dimension).rowwise().normalized(),
            at::kDouble)),
        errors_(torch::empty({Small::inputs, Small::outputs}, torch::kDouble)),
        regularizer_(options.regularizer),
        masks_({.seed = 4, .width = Small::width}, options.dropout,
               law.hidden.network.widths(Small::width), Small::inputs),
        dropped_{.masks = options.dropout > 0 ? &masks_ : nullptr, .step = 3} {}

  double value() {
    std::vector<std::int64_t> rows(Small::inputs);
    std::iota(rows.begin(), rows.end(), 0);
    const double loss = loss_(rows, pass_.forward(parameters, x_, dropped_), errors_).loss;
    if (!regularizer_.exists()) return loss;
    return loss + regularizer_.strength * ActivationPenalty(regularizer_).value(activations());
  }

  NetworkParameters gradient() {
    auto into = like(parameters);
    value();
    std::vector<at::Tensor> penalised;
    if (regularizer_.exists()) {
      for (const auto& layer : activations()) penalised.push_back(torch::empty_like(layer));
      ActivationPenalty(regularizer_).value(activations(), regularizer_.strength, penalised);
      errors_.add_(penalised.back());
      penalised.pop_back();
    }
    pass_.backward(parameters, errors_, {.into = &into}, penalised);
    return into;
  }

  const at::Tensor& x() const { return x_; }
  at::Tensor outputs_now() { return pass_.forward(parameters, x_).clone(); }
  const at::Tensor& errors() const { return errors_; }
  NetworkPass& pass() { return pass_; }

  NetworkParameters parameters;

 private:
  std::vector<at::Tensor> activations() const {
    std::vector<at::Tensor> layers;
    for (std::int64_t l = 0; l < pass_.hidden(); ++l) {
      layers.push_back(pass_.activations(static_cast<std::size_t>(l)));
    }
    layers.push_back(pass_.outputs());
    return layers;
  }

  NetworkPass pass_;
  BatchLoss loss_;
  at::Tensor x_, errors_;
  model::RegularizerOptions regularizer_;
  DropoutMasks masks_;
  NetworkPass::Dropped dropped_;
};

/// Largest |by hand − central difference| over all parameters, and the largest gradient.
std::pair<double, double> worst_gradient(SomeLoss& of_gradient, SomeLoss& of_values) {
  const auto gradients = tensors_of(of_gradient.gradient());
  const auto parameters = tensors_of(of_values.parameters);
  double worst = 0;
  double largest = 0;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    auto* entry = parameters[i].data_ptr<double>();
    for (std::int64_t j = 0; j < parameters[i].numel(); ++j) {
      const double before = entry[j];
      entry[j] = before + difference;
      const double above = of_values.value();
      entry[j] = before - difference;
      const double below = of_values.value();
      entry[j] = before;
      const double gradient = gradients[i].data_ptr<double>()[j];
      worst = std::max(worst, std::abs((above - below) / (2 * difference) - gradient));
      largest = std::max(largest, std::abs(gradient));
    }
  }
  return {worst, largest};
}

using Case = std::tuple<ThresholdRule, Parameterisation, Trained, Loss>;

class GradientByHand : public ::testing::TestWithParam<Case> {
 protected:
  static model::TrainingOptions options(ThresholdGradient gradient) {
    const auto [rule, parameterisation, trained, loss] = GetParam();
    return {.trained = trained,
            .parameterisation = parameterisation,
            .threshold_gradient = gradient,
            .loss = loss,
            .steps = 1};
  }
  static TrainableLaw law() { return small_law(std::get<0>(GetParam())); }
};

TEST_P(GradientByHand, IsThatOfFiniteDifferencesThroughThresholds) {
  testing::with_team(1, [](WorkerTeam& team) {
    SomeLoss loss(law(), options(ThresholdGradient::through), team);
    const auto [worst, largest] = worst_gradient(loss, loss);
    EXPECT_LE(worst, gradient_tolerance);
    EXPECT_GT(largest, 0.01);
  });
}

TEST(NetworkPass, TakesLayersOfDifferentWidths) {
  for (const auto trained : {Trained::weights, Trained::field}) {
    testing::with_team(2, [&](WorkerTeam& team) {
      SomeLoss loss(
          uneven_law(),
          {.trained = trained, .threshold_gradient = ThresholdGradient::through, .steps = 1}, team);
      const auto [worst, largest] = worst_gradient(loss, loss);
      EXPECT_LE(worst, gradient_tolerance);
      EXPECT_GT(largest, 0.01);
      EXPECT_EQ(loss.parameters[1].weights.sizes(), (at::IntArrayRef{9, 12}));
      EXPECT_EQ(loss.parameters[2].weights.sizes(), (at::IntArrayRef{18, 9}));
      EXPECT_EQ(loss.parameters[3].weights.size(1), 18);
      EXPECT_DOUBLE_EQ(loss.parameters[2].weight_scale, std::sqrt(2. / 9));
      EXPECT_DOUBLE_EQ(loss.parameters[3].weight_scale, std::sqrt(1.5 / 18));
    });
  }
}

TEST(NetworkPass, TakesGradientsByActivationsToo) {
  for (const auto kind :
       {model::Regularizer::mean_correlation, model::Regularizer::t1, model::Regularizer::t2}) {
    for (const auto trained : {Trained::weights, Trained::field}) {
      testing::with_team(2, [&](WorkerTeam& team) {
        model::TrainingOptions options{.trained = trained,
                                       .threshold_gradient = ThresholdGradient::through,
                                       .regularizer = {.kind = kind, .strength = 2},
                                       .steps = 1};
        SomeLoss loss(uneven_law(), options, team);
        const auto [worst, largest] = worst_gradient(loss, loss);
        EXPECT_LE(worst, gradient_tolerance) << name_of(kind);
        EXPECT_GT(largest, 0.01);
        options.regularizer = {};
        SomeLoss without(uneven_law(), options, team);
        EXPECT_GT(worst_gradient(loss, without).first, 1e3 * gradient_tolerance);
      });
    }
  }
}

TEST(NetworkPass, HasTheGradientOfWhatIsNotDropped) {
  for (const auto activation : {Activation::thresholded_relu, Activation::tanh}) {
    for (const auto trained : {Trained::weights, Trained::field}) {
      testing::with_team(2, [&](WorkerTeam& team) {
        const model::TrainingOptions options{
            .trained = trained,
            .threshold_gradient = ThresholdGradient::through,
            .regularizer = {.kind = model::Regularizer::t1, .strength = 0.5},
            .dropout = 0.3,
            .steps = 1};
        const auto rule =
            activation == Activation::tanh ? ThresholdRule::fixed : ThresholdRule::quantile;
        SomeLoss loss(small_law(rule, activation), options, team);
        const auto [worst, largest] = worst_gradient(loss, loss);
        EXPECT_LE(worst, gradient_tolerance) << name_of(activation);
        EXPECT_GT(largest, 0.01);
        const auto dropping = loss.pass().outputs().clone();
        EXPECT_FALSE(dropping.equal(loss.outputs_now()));
      });
    }
  }
}

// A detached threshold is a constant, so that finite differences, which move it, must not agree.
TEST_P(GradientByHand, LeavesOutWhatIsDetached) {
  testing::with_team(1, [](WorkerTeam& team) {
    SomeLoss loss(law(), options(ThresholdGradient::detached), team);
    const double worst = worst_gradient(loss, loss).first;
    if (std::get<0>(GetParam()) == ThresholdRule::fixed) {
      EXPECT_LE(worst, gradient_tolerance);
    } else {
      EXPECT_GT(worst, 1e3 * gradient_tolerance);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(
    All, GradientByHand,
    ::testing::Combine(::testing::Values(ThresholdRule::fixed, ThresholdRule::std,
                                         ThresholdRule::quantile),
                       ::testing::Values(Parameterisation::tangent, Parameterisation::standard),
                       ::testing::Values(Trained::weights, Trained::field),
                       ::testing::Values(Loss::squared, Loss::cross_entropy)),
    [](const auto& all) {
      std::string name;
      for (const auto part : {name_of(std::get<0>(all.param)), name_of(std::get<1>(all.param)),
                              name_of(std::get<2>(all.param)), name_of(std::get<3>(all.param))}) {
        for (const char c : part) {
          if (c != '-') name += c;
        }
        name += '_';
      }
      return name + "loss";
    });

TEST(NetworkPass, HasTheGradientOfEveryActivation) {
  for (const auto activation :
       {Activation::relu, Activation::tanh, Activation::erf, Activation::linear}) {
    testing::with_team(2, [&](WorkerTeam& team) {
      SomeLoss loss(small_law(ThresholdRule::fixed, activation), {.steps = 1}, team);
      const auto [worst, largest] = worst_gradient(loss, loss);
      EXPECT_LE(worst, gradient_tolerance) << name_of(activation);
      EXPECT_GT(largest, 0.01);
    });
  }
}

// Filters of either side, regularisers and dropout on the way.
TEST(NetworkPass, HasTheGradientOfProjectedLayers) {
  for (const bool is_signed : {true, false}) {
    for (const auto trained : {Trained::weights, Trained::field}) {
      for (const double dropout : {0., .3}) {
        testing::with_team(2, [&](WorkerTeam& team) {
          auto law = small_law(ThresholdRule::fixed, Activation::sparse_projection);
          auto network = law.hidden.network.options();
          network.sparseness = .55;
          network.is_signed = is_signed;
          law.hidden.network = model::Network(network);
          const model::TrainingOptions options{
              .trained = trained,
              .regularizer = {.kind = model::Regularizer::t1, .strength = .5},
              .dropout = dropout,
              .steps = 1};
          SomeLoss loss(law, options, team);
          const auto [worst, largest] = worst_gradient(loss, loss);
          EXPECT_LE(worst, gradient_tolerance) << is_signed << name_of(trained) << dropout;
          EXPECT_GT(largest, .01);
          // The twin: a projection to a little more.
          network.sparseness = .56;
          auto other_law = law;
          other_law.hidden.network = model::Network(network);
          SomeLoss other(other_law, options, team);
          EXPECT_GT(worst_gradient(other, loss).first, 1e3 * gradient_tolerance);
        });
      }
    }
  }
}

// The module is autograd's; its weights are W, whose gradients the standard parameterisation has.
TEST(NetworkPass, AgreesWithAutogradOfTheModule) {
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
    for (const auto gradient : {ThresholdGradient::detached, ThresholdGradient::through}) {
      const auto law = small_law(rule);
      sim::SparseCorrelatedNetwork module(
          sim::SparseCorrelatedNetworkOptions(Small::dimension, Small::width)
              .law(law.hidden)
              .seed(1)
              .replicate(2)
              .dtype(torch::kDouble)
              .threshold_gradient(gradient));
      testing::with_team(1, [&](WorkerTeam& team) {
        SomeLoss loss(law,
                      {.parameterisation = Parameterisation::standard,
                       .threshold_gradient = gradient,
                       .steps = 1},
                      team);
        const auto by_hand = loss.gradient();
        const auto z = module->forward(loss.x()).activations.back();
        const auto f = torch::mm(z, loss.parameters.back().weights.t());
        EXPECT_LE((f - loss.outputs_now()).abs().max().item<double>(), 1e-13);
        f.backward(loss.errors());
        for (std::size_t l = 0; l < module->weights.size(); ++l) {
          const auto worst = [](const at::Tensor& a, const at::Tensor& b) {
            return (a - b).abs().max().item<double>();
          };
          EXPECT_LE(worst(module->weights[l].grad(), by_hand[l].weights), 1e-12) << l;
          if (l == 0) continue;
          EXPECT_LE(worst(module->biases[l].grad(), by_hand[l].biases), 1e-12) << l;
        }
      });
    }
  }
}

TEST(NetworkPass, MovesParametersWithinTheProductAsByStoredGradients) {
  testing::with_team(1, [](WorkerTeam& team) {
    SomeLoss loss(small_law(ThresholdRule::std), {.steps = 1}, team);
    const auto gradients = tensors_of(loss.gradient());
    std::vector<at::Tensor> expected;
    const auto parameters = tensors_of(loss.parameters);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      expected.push_back(parameters[i] - 0.3 * gradients[i]);
    }
    loss.value();
    loss.pass().backward(loss.parameters, loss.errors(),
                         {.into = &loss.parameters, .weight = -0.3, .keep = 1});
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      EXPECT_LE((parameters[i] - expected[i]).abs().max().item<double>(), 1e-13) << i;
    }
  });
}

}  // namespace
}  // namespace wideproof::train
