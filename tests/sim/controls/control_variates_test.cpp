// SPDX-License-Identifier: MIT
// What holds of control variates for every network; tests/statistical has their means.
#include <wideproof/sim/controls/control_variates.hpp>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/sim/networks/collapsed_sampler.hpp>

namespace wideproof::sim {
namespace {

SampledLaw law_of(model::Network::Options network, double weight_variance) {
  return {.network = model::Network(std::move(network)), .weight_variance = weight_variance};
}

CollapsedSampler sampler_of(const SampledLaw& law, std::int64_t width, bool reduces_variance) {
  return {law, width, model::circle_inputs(4).cosines(), torch::kFloat64,
          reduces_variance ? ControlVariates::pair_means_of(law) : nullptr};
}

TEST(ControlVariates, LeaveTheNetworkAsItIs) {
  const auto law = law_of({.active_fraction = .3, .presynaptic = model::LateralFilter::box(3)}, 4);
  std::vector<Eigen::MatrixXd> plain;
  sampler_of(law, 200, false).sample(1, 0, 1, [&](const LayerSummary& layer) {
    plain.push_back(layer.gram);
    EXPECT_EQ(layer.gram_control.size(), 0);
    EXPECT_EQ(layer.correlation_control.size(), 0);
  });
  sampler_of(law, 200, true).sample(1, 0, 1, [&](const LayerSummary& layer) {
    EXPECT_EQ(layer.gram, plain[static_cast<std::size_t>(layer.layer - 1)]);
    EXPECT_EQ(layer.gram_control.rows(), 4);
    EXPECT_TRUE(layer.gram_control.isApprox(layer.gram_control.transpose(), 1e-12));
    EXPECT_EQ(layer.correlation_control.diagonal().cwiseAbs().maxCoeff(), 0);
  });
}

TEST(ControlVariates, LeaveNothingToChanceWhereThresholdsAreKnownAndInputsToo) {
  // The first layer of ReLUs, with no threshold or a fixed one, is its own companion.
  const auto fixed = law_of({.threshold = model::ThresholdRule::fixed}, 4);
  const auto relu = law_of({.activation = model::Activation::relu}, 2);
  for (const auto& law : {fixed, relu}) {
    const auto sampler = [&] { return sampler_of(law, 64, true); };
    std::vector<Eigen::MatrixXd> reduced;
    const auto sampled = [&](std::int64_t replicate) {
      sampler().sample(1, replicate, 1, [&](const LayerSummary& layer) {
        if (layer.layer == 1) reduced.push_back(layer.gram - layer.gram_control);
      });
    };
    sampled(0);
    sampled(1);
    EXPECT_LE((reduced[0] - reduced[1]).cwiseAbs().maxCoeff(), 1e-14);
  }
}

TEST(ControlVariates, AreFiniteForNetworksThatFallSilentOrExplode) {
  // Fixed thresholds at f = .1 are unstable in depth.
  const auto law = law_of({.depth = 8,
                           .active_fraction = .1,
                           .threshold = model::ThresholdRule::fixed,
                           .presynaptic = model::LateralFilter::box(13)},
                          15);
  const auto sampler = sampler_of(law, 64, true);
  int silent = 0;
  int exploded = 0;
  for (std::int64_t replicate = 0; replicate < 50; ++replicate) {
    sampler.sample(1, replicate, 1, [&](const LayerSummary& layer) {
      silent += layer.gram(0, 0) == 0 ? 1 : 0;
      exploded += layer.gram(0, 0) > 1000 ? 1 : 0;
      EXPECT_TRUE(layer.gram_control.allFinite()) << replicate << ", layer " << layer.layer;
      EXPECT_TRUE(layer.correlation_control.allFinite()) << replicate << ", layer " << layer.layer;
    });
  }
  EXPECT_GT(silent, 0);
  EXPECT_GT(exploded, 0);
}

TEST(ControlVariates, CountForMemory) {
  const auto law = law_of({.presynaptic = model::LateralFilter::box(3)}, 4);
  EXPECT_GT(sampler_of(law, 10'000, true).memory(1),
            sampler_of(law, 10'000, false).memory(1) + 8 * 4 * 10'000);
}

}  // namespace
}  // namespace wideproof::sim
