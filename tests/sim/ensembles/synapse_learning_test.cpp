// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/synapse_learning.hpp>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::SynapseLearning::hebb;
using model::SynapseLearning::oja;

constexpr std::int64_t learnt_inputs = 30;
constexpr std::int64_t learnt_units = 20;
const NetworkId learning_id{9, 30, 2};

LayerActivation learning_activation(model::Activation activation) {
  return LayerActivation({.network = model::Network({.activation = activation,
                                                     .active_fraction = .3,
                                                     .threshold = model::ThresholdRule::fixed})});
}

/// Samples with one direction of twice the deviation of the others.
torch::Tensor ensemble_with_a_direction() {
  auto x = testing::some_field(learnt_inputs, 500);
  x[4] *= 2;
  return x;
}

torch::Tensor drawn_weights() {
  return normal_tensor(NormalStream({.seed = 8}), 0, learnt_units, learnt_inputs, torch::kFloat64) /
         std::sqrt(double{learnt_inputs});
}

torch::Tensor learnt(const model::Synapses& synapses, model::Activation kind,
                     const torch::Tensor& biases = {}, std::int64_t first = 0) {
  const auto activation = learning_activation(kind);
  const SynapseLearning learning(synapses, activation, learning_id, 1, ensemble_with_a_direction(),
                                 1.0);
  auto weights = drawn_weights();
  learning.change(first, weights, biases);
  return weights;
}

/// Largest eigenvalue of ⟨h hᵀ⟩.
double leading_eigenvalue(const torch::Tensor& weights) {
  const auto h = torch::mm(weights, ensemble_with_a_direction());
  return std::get<0>(torch::linalg_eigh(torch::mm(h, h.t()) / 500.0)).max().item<double>();
}

TEST(SynapseLearning, RaisesTheLeadingEigenvalueAndKeepsNorms) {
  for (const auto rule : {hebb, oja}) {
    for (const auto kind : {model::Activation::tanh, model::Activation::linear}) {
      const auto w = learnt({.learning = rule, .rate = .05, .steps = 20}, kind);
      EXPECT_GT(leading_eigenvalue(w), 1.2 * leading_eigenvalue(drawn_weights()));
      const auto norms = w.norm(2, 1) / drawn_weights().norm(2, 1);
      EXPECT_LE(testing::largest(norms - 1), rule == hebb ? 1e-14 : .05);
    }
  }
}

TEST(SynapseLearning, BringsLinearUnitsToTheLeadingEigenvector) {
  const auto x = ensemble_with_a_direction();
  const auto eigenvectors = std::get<1>(torch::linalg_eigh(torch::mm(x, x.t()) / 500.0));
  const auto leading = eigenvectors.select(1, learnt_inputs - 1);
  for (const auto rule : {hebb, oja}) {
    const auto w = learnt({.learning = rule, .rate = .2, .steps = 300}, model::Activation::linear);
    const auto cosines = torch::mv(w, leading).abs() / w.norm(2, 1);
    EXPECT_LE(testing::largest(cosines - 1), 1e-10);
    EXPECT_LE(testing::largest(w.norm(2, 1) / drawn_weights().norm(2, 1) - 1), 1e-10);
  }
}

/// One step by hand, with the mean over samples taken one by one.
TEST(SynapseLearning, TakesTheStepThatItSays) {
  const auto x = ensemble_with_a_direction();
  const auto before = drawn_weights();
  const auto biases = testing::some_field(learnt_units, 1);
  for (const auto kind : {model::Activation::tanh, model::Activation::thresholded_relu}) {
    const auto activation = learning_activation(kind);
    const double tau = activation.has_threshold() ? activation.tau() : 0.0;
    const auto h_of = [&](std::int64_t i, std::int64_t a) {
      return before[i].dot(x.select(1, a)).item<double>();
    };
    auto v = torch::zeros({learnt_inputs}, torch::kFloat64);
    double y_h = 0;
    for (std::int64_t a = 0; a < 500; ++a) {
      const double h = h_of(3, a);
      const double input = h + biases[3].item<double>();
      const double y =
          kind == model::Activation::tanh ? std::tanh(input) : std::max(input - tau, 0.0);
      v += y / 500 * x.select(1, a);
      y_h += y * h / 500;
    }
    const auto norm = before[3].norm();
    const auto by_hebb = before[3] + .3 * v;
    const auto w = learnt({.learning = hebb, .rate = .3, .steps = 1}, kind, biases);
    EXPECT_LE(testing::largest_difference(w[3], by_hebb * norm / by_hebb.norm()), 1e-14);
    const auto by_oja = before[3] + .3 * (v - y_h * before[3] / norm.square());
    const auto o = learnt({.learning = oja, .rate = .3, .steps = 1}, kind, biases);
    EXPECT_LE(testing::largest_difference(o[3], by_oja), 1e-14);
  }
}

TEST(SynapseLearning, ShufflesRowsThatKeepTheirWeights) {
  const model::Synapses plain{.learning = hebb, .rate = .05, .steps = 20};
  auto control = plain;
  control.shuffled = true;
  const auto w = learnt(plain, model::Activation::tanh);
  const auto shuffled = learnt(control, model::Activation::tanh);
  EXPECT_FALSE(torch::equal(w, shuffled));
  EXPECT_TRUE(torch::equal(std::get<0>(w.sort(1)), std::get<0>(shuffled.sort(1))));
  // Orders are of rows of the layer, whatever the block.
  EXPECT_FALSE(torch::equal(shuffled, learnt(control, model::Activation::tanh, {}, 1)));
}

TEST(SynapseLearning, RefusesARateThatDiverges) {
  try {
    learnt({.learning = oja, .rate = 1e9, .steps = 50}, model::Activation::linear);
    ADD_FAILURE() << "no InputError was thrown";
  } catch (const model::InputError& error) {
    EXPECT_EQ(std::string(error.what()).rfind("network.synapses.rate = 1000000000: weights", 0), 0U)
        << error.what();
  }
}

}  // namespace
}  // namespace wideproof::sim
