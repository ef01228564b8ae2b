// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/sparse_correlated_network.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::ThresholdRule;

constexpr double step = 1e-6;
/// A central difference of a value of order 1 carries ε/step = 2e-10 of rounding and step² = 1e-12
/// of curvature, each times derivatives of order 10.
constexpr double tolerance = 1e-7;

SparseCorrelatedNetwork small_network(
    ThresholdRule rule, model::ThresholdGradient gradient = model::ThresholdGradient::through) {
  const model::Network network({.depth = 3,
                                .active_fraction = .35,
                                .threshold = rule,
                                .bias_variance = .3,
                                .presynaptic = model::LateralFilter::box(3),
                                .postsynaptic = model::LateralFilter::box(2)});
  return SparseCorrelatedNetwork(SparseCorrelatedNetworkOptions(3, 12)
                                     .law({.network = network, .weight_variance = 2})
                                     .seed(1)
                                     .dtype(torch::kFloat64)
                                     .threshold_gradient(gradient));
}

/// A loss that weighs every output differently.
torch::Tensor loss_of(SparseCorrelatedNetwork& network, const torch::Tensor& inputs) {
  const auto z = network->forward(inputs).activations.back();
  return (z.square() * torch::linspace(.5, 1.5, z.numel(), torch::kFloat64).view_as(z)).sum();
}

/// Largest |autograd − central difference| over all entries of `variable`.
double worst_gradient(SparseCorrelatedNetwork& network, const torch::Tensor& inputs,
                      const torch::Tensor& variable) {
  const torch::NoGradGuard no_grad;
  auto entries = variable.data().view(-1);
  const auto gradient = variable.grad().reshape(-1);
  double worst = 0;
  for (std::int64_t i = 0; i < entries.numel(); ++i) {
    const double before = entries[i].item<double>();
    entries[i] = before + step;
    const double above = loss_of(network, inputs).item<double>();
    entries[i] = before - step;
    const double below = loss_of(network, inputs).item<double>();
    entries[i] = before;
    const double difference = (above - below) / (2 * step);
    worst = std::max(worst, std::abs(difference - gradient[i].item<double>()));
  }
  return worst;
}

class NetworkGradient : public ::testing::TestWithParam<ThresholdRule> {};

TEST_P(NetworkGradient, ReachesWeightsBiasesAndInputsThroughTheThreshold) {
  auto network = small_network(GetParam());
  const auto inputs = testing::some_inputs(4, 3).requires_grad_();
  loss_of(network, inputs).backward();
  for (const auto& parameter : network->named_parameters()) {
    ASSERT_TRUE(parameter.value().grad().defined()) << parameter.key();
    EXPECT_GT(testing::largest(parameter.value().grad()), 1e-3) << parameter.key();
    EXPECT_LE(worst_gradient(network, inputs, parameter.value()), tolerance) << parameter.key();
  }
  EXPECT_GT(testing::largest(inputs.grad()), 1e-3);
  EXPECT_LE(worst_gradient(network, inputs, inputs), tolerance);
}

TEST_P(NetworkGradient, IsNotTheGradientOfAnotherThresholdRule) {
  auto network = small_network(GetParam());
  const auto inputs = testing::some_inputs(4, 3).requires_grad_();
  loss_of(network, inputs).backward();
  auto other = small_network(GetParam() == ThresholdRule::std ? ThresholdRule::quantile
                                                              : ThresholdRule::std);
  EXPECT_GT(worst_gradient(other, inputs, inputs), 1e3 * tolerance);
}

TEST_P(NetworkGradient, DoesNotPassADetachedThreshold) {
  const auto inputs = testing::some_inputs(4, 3);
  const auto of_last_weight = [&](model::ThresholdGradient gradient) {
    auto network = small_network(GetParam(), gradient);
    loss_of(network, inputs).backward();
    return network->weights.back().grad();
  };
  auto network = small_network(GetParam());
  const auto outputs = network->forward(inputs);
  const auto z = outputs.activations.back().detach();
  // ∂loss/∂h of the last layer where z = (h − t)₊ with a constant t.
  const auto of_h = 2 * z * torch::linspace(.5, 1.5, z.numel(), torch::kFloat64).view_as(z);
  const auto known = torch::mm(of_h.t(), outputs.activations[1].detach());
  const auto detached = of_last_weight(model::ThresholdGradient::detached);
  EXPECT_LE(testing::largest_difference(detached, known), 1e-14);
  const double apart =
      testing::largest_difference(of_last_weight(model::ThresholdGradient::through), known);
  if (GetParam() == ThresholdRule::fixed) {
    EXPECT_LE(apart, 1e-14);
  } else {
    EXPECT_GT(apart, 1e-3);
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, NetworkGradient,
                         ::testing::Values(ThresholdRule::fixed, ThresholdRule::std,
                                           ThresholdRule::quantile),
                         [](const auto& rule) { return std::string(name_of(rule.param)); });

}  // namespace
}  // namespace wideproof::sim
