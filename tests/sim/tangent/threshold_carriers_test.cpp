// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/threshold_carriers.hpp>

#include <string>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/tangent/neuron_slopes.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::ThresholdRule;

constexpr std::int64_t carried_inputs = 200;
constexpr std::int64_t carried_width = 437;  // two blocks
constexpr double step = 1e-6;
/// As of network_gradient_test.cpp: ε/step of rounding and step² of curvature.
constexpr double tolerance = 1e-7;

LayerActivation activation_of(ThresholdRule rule) {
  return LayerActivation({.network = model::Network({.active_fraction = .3, .threshold = rule})});
}

BlockedLayer blocked(const torch::Tensor& h) {
  BlockedLayer layer(NeuronBlocks(h.size(0), h.size(1)), torch::kFloat64);
  for (std::int64_t a = 0; a < h.size(0); ++a) layer.set_row(a, h[a]);
  return layer;
}

/// ∂/∂h_i of Σ_j g_j φ(h_j − t(h)) for each input, all neurons: as a backward pass makes it.
torch::Tensor gradients_of(const LayerActivation& activation, const torch::Tensor& h,
                           const torch::Tensor& g, bool is_through) {
  const auto layer = blocked(h);
  auto gradients =
      g * neuron_slopes(activation.network(), h, activation.threshold(h, 1).contiguous());
  if (!is_through) return gradients;
  const ThresholdCarriers carriers(activation, layer, 2);
  const auto sums = to_array(gradients.sum(-1));
  const auto& blocks = layer.blocks();
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    auto part = gradients.narrow(1, blocks.first(block), blocks.size(block));
    carriers.subtract(block, layer.block(block), sums, part);
  }
  return gradients;
}

/// Its worst distance from central differences, at some neurons of the first inputs.
double worst_gradient(ThresholdRule rule, bool is_through) {
  torch::set_num_threads(1);
  const auto activation = activation_of(rule);
  const auto h = testing::some_field(carried_inputs, carried_width);
  const auto g =
      testing::some_field(carried_inputs + 1, carried_width).narrow(0, 1, carried_inputs);
  const auto value = [&](const torch::Tensor& at) { return (g * activation(at, 1)).sum(-1); };
  const auto gradients = gradients_of(activation, h, g, is_through);
  double worst = 0;
  for (std::int64_t i = 0; i < carried_width; i += 16) {
    auto above = h.clone();
    auto below = h.clone();
    above.select(1, i).add_(step);
    below.select(1, i).sub_(step);
    const auto difference = (value(above) - value(below)) / (2 * step);
    // Save where a neuron or the threshold between two passes the other on the way.
    const auto t = activation.threshold(h, 1).squeeze(1);
    const auto far = (h - t.unsqueeze(1)).abs().min(1);
    const auto smooth = (std::get<0>(far) > 4 * step) | ((h.select(1, i) - t).abs() > 1e-3);
    worst = std::max(worst, testing::largest((difference - gradients.select(1, i)) * smooth));
  }
  return worst;
}

class ThresholdCarriersOf : public ::testing::TestWithParam<ThresholdRule> {};

TEST_P(ThresholdCarriersOf, MakeTheGradientOfFiniteDifferences) {
  EXPECT_LE(worst_gradient(GetParam(), true), tolerance);
  EXPECT_GE(worst_gradient(GetParam(), false), 1e-3);
}

INSTANTIATE_TEST_SUITE_P(ThresholdRules, ThresholdCarriersOf,
                         ::testing::Values(ThresholdRule::std, ThresholdRule::quantile),
                         [](const auto& p) { return std::string(name_of(p.param)); });

TEST(ThresholdCarriers, OfALayerThatIsZeroCarryNothing) {
  const auto zero = torch::zeros({2, 50}, torch::kFloat64);
  const ThresholdCarriers carriers(activation_of(ThresholdRule::std), blocked(zero), 1);
  auto gradients = torch::ones({2, 50}, torch::kFloat64);
  carriers.subtract(0, zero, Eigen::ArrayXd::Ones(2), gradients);
  EXPECT_TRUE(torch::equal(gradients, torch::ones({2, 50}, torch::kFloat64)));
}

}  // namespace
}  // namespace wideproof::sim
