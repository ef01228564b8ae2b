// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/neuron_slopes.hpp>

#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::Activation;

TEST(NeuronSlopes, AreTheDerivativeOfTheActivation) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    for (const auto activation : {Activation::thresholded_relu, Activation::relu, Activation::erf,
                                  Activation::tanh, Activation::linear}) {
      const LayerActivation layer(
          {.network = model::Network({.activation = activation, .active_fraction = .3})});
      // No multiple of any vector's length.
      const auto h = testing::some_field(3, 107, dtype).requires_grad_();
      const auto thresholds = torch::tensor({{.4}, {-.2}, {1.1}}, torch::kFloat64).to(dtype);
      const auto used = layer.has_threshold() ? thresholds : torch::Tensor();
      const auto truth = torch::autograd::grad({layer.apply(h, used).sum()}, {h})[0];
      EXPECT_LE(testing::largest_difference(neuron_slopes(activation, h.detach(), used), truth),
                4 * testing::epsilon(dtype))
          << name_of(activation);
    }
  }
}

TEST(NeuronSlopes, AreZeroAtTheThreshold) {
  const auto h = torch::full({1, 20}, .5);
  const auto at = torch::full({1, 1}, .5);
  EXPECT_EQ(testing::largest(neuron_slopes(Activation::thresholded_relu, h, at)), 0);
}

TEST(NeuronSlopes, DoNotExistOfAStep) {
  EXPECT_THROW(
      neuron_slopes(Activation::thresholded_step, torch::ones({1, 2}), torch::ones({1, 1})),
      std::logic_error);
}

}  // namespace
}  // namespace wideproof::sim
