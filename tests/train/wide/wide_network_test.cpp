// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/wide_network.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace wideproof::train {
namespace {

using model::LateralFilter;
using model::ThresholdRule;
using model::Trained;

struct DescentCase {
  std::string name;
  model::Network::Options network;
  Trained trained = Trained::weights;
  bool through = false;
};

class WideNetworkDescent : public ::testing::TestWithParam<DescentCase> {};

/// A small step along the gradient moves outputs by −η Θ (f − y): at first, and once the network
/// has been seen by more vectors than it has neurons, where it is one network with nothing left to
/// draw. A gradient that missed a path, or a network that changed between its passes, would not.
TEST_P(WideNetworkDescent, GoesAlongTheGradient) {
  const auto& of = GetParam();
  constexpr std::int64_t width = 10;
  constexpr Eigen::Index inputs = 3;
  const TrainableLaw law{{.network = model::Network(of.network), .weight_variance = 2.2}, 1.7};
  const sim::BackwardParts parts{
      sim::LayerActivation(law.hidden), sim::LateralConvolver(of.network.presynaptic, width),
      sim::LateralConvolver(of.network.postsynaptic, width), of.trained, of.through};
  const WideLayerLaw layer_law{law, parts, .05};
  Eigen::MatrixXd x(inputs, 2);
  x << 1, 0, .6, .8, -.8, .6;
  const Eigen::MatrixXd cosines = x * x.transpose();
  const sim::InputOrder order(cosines, sim::InputOrder::By::pivots);
  WideNetwork network(layer_law, {.seed = 11, .width = width}, cosines, order, 1,
                      sim::NeuronBlocks(64, width), 1);
  const Eigen::Vector3d targets(1, -.5, .3);
  for (int step = 0; step <= 20; ++step) {
    const auto pass = network.forward(0, inputs);
    const auto units = network.backward(pass, Eigen::MatrixXd::Ones(inputs, 1));
    const Eigen::VectorXd slopes = pass.outputs - targets;
    constexpr double small = 1e-7;
    const auto move = [&](double share) {
      network.learn(pass, units, share * slopes, share * slopes);
    };
    move(small);
    const Eigen::VectorXd moved = (network.forward(0, inputs).outputs - pass.outputs) / small;
    const Eigen::VectorXd expected =
        -layer_law.learning_rate * network.tangent(pass, units) * slopes;
    EXPECT_LE((moved - expected).norm(), 1e-5 * expected.norm()) << "step " << step;
    EXPECT_GT(expected.norm(), 1e-6) << "step " << step;
    move(1 - small);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, WideNetworkDescent,
    ::testing::Values(
        DescentCase{"weights",
                    {.depth = 3, .active_fraction = .4, .threshold = ThresholdRule::fixed}},
        DescentCase{"weights_above_filters",
                    {.depth = 3,
                     .active_fraction = .4,
                     .threshold = ThresholdRule::fixed,
                     .bias_variance = .3,
                     .presynaptic = LateralFilter::box(3),
                     .postsynaptic = LateralFilter::box(4)}},
        DescentCase{"field_below_filters",
                    {.depth = 3,
                     .activation = model::Activation::tanh,
                     .bias_variance = .3,
                     .presynaptic = LateralFilter::box(3),
                     .postsynaptic = LateralFilter::box(4)},
                    Trained::field},
        DescentCase{"through_std",
                    {.depth = 2, .active_fraction = .4, .threshold = ThresholdRule::std},
                    Trained::weights,
                    true},
        DescentCase{"through_quantiles",
                    {.depth = 3,
                     .active_fraction = .4,
                     .threshold = ThresholdRule::quantile,
                     .presynaptic = LateralFilter::box(3)},
                    Trained::weights,
                    true}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace wideproof::train
