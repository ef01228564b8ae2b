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
      EXPECT_LE(
          testing::largest_difference(neuron_slopes(layer.network(), h.detach(), used), truth),
          4 * testing::epsilon(dtype))
          << name_of(activation);
    }
  }
}

/// LibTorch differentiates its own operators; slopes are model's.
TEST(NeuronSlopes, AreTheDerivativeOfEachFunction) {
  for (auto function = model::Function::gelu; function != model::Function::callable;
       function = static_cast<model::Function>(static_cast<int>(function) + 1)) {
    for (const auto activation : {Activation::pointwise, Activation::thresholded_pointwise}) {
      const model::Network network({.activation = activation,
                                    .active_fraction = .3,
                                    .function = {.function = function,
                                                 .frequency = 1.3,
                                                 .slope = .2,
                                                 .rate = .4,
                                                 .order = 3,
                                                 .expression = "x > 0.1 ? tanh(2*x) : x^2/9"}});
      const LayerActivation layer({.network = network});
      const auto h = testing::some_field(3, 107, torch::kFloat64).requires_grad_();
      const auto thresholds = torch::tensor({{.4}, {-.2}, {1.1}}, torch::kFloat64);
      const auto used = layer.has_threshold() ? thresholds : torch::Tensor();
      const auto z = layer.apply(h, used);
      const auto slopes = neuron_slopes(network, h.detach(), used);
      if (model::has_jumps(network) && function != model::Function::expression) {
        EXPECT_EQ(testing::largest(slopes), 0) << network.activation_name();
        continue;
      }
      const auto truth = torch::autograd::grad({z.sum()}, {h})[0];
      // LibTorch has 1/6 in single precision there.
      const double rounding = function == model::Function::hard_sigmoid ? 1e-8 : 1e-10;
      EXPECT_LE(testing::largest_difference(slopes, truth), rounding) << network.activation_name();
    }
  }
}

TEST(NeuronSlopes, AreZeroAtTheThreshold) {
  const auto h = torch::full({1, 20}, .5);
  const auto at = torch::full({1, 1}, .5);
  EXPECT_EQ(testing::largest(neuron_slopes(model::Network({}), h, at)), 0);
}

TEST(NeuronSlopes, DoNotExistOfAStep) {
  EXPECT_THROW(neuron_slopes(model::Network({.activation = Activation::thresholded_step}),
                             torch::ones({1, 2}), torch::ones({1, 1})),
               std::logic_error);
}

}  // namespace
}  // namespace wideproof::sim
