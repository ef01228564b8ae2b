// SPDX-License-Identifier: MIT
// Cov(W_ij, W_kl) = (σ²/n) A(i−k) B(j−l), and what follows for the pre-activations h.
#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/sim/networks/sparse_correlated_network.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "false_alarm.hpp"
#include "sampled_networks.hpp"

namespace wideproof::testing {
namespace {

using model::LateralFilter;

constexpr std::int64_t post_taps = 3;
constexpr std::int64_t pre_taps = 5;

/// Autocorrelation of a box at an offset, (1 − |γ|/z)₊.
double triangle(std::int64_t offset, std::int64_t taps) {
  return std::max(0.0, 1 - static_cast<double>(std::abs(offset)) / static_cast<double>(taps));
}

// --- the module's weights ---

constexpr std::int64_t narrow = 12;
constexpr std::int64_t fan_in = 4;
constexpr double variance = 2.5;

sim::SampledLaw narrow_law() {
  return {.network = model::Network({.depth = 2,
                                     .presynaptic = LateralFilter::box(pre_taps),
                                     .postsynaptic = LateralFilter::box(post_taps)}),
          .weight_variance = variance};
}

/// Weights of one layer of many modules: replicates × n × fan-in.
torch::Tensor weights_of_layer(std::size_t layer) {
  const torch::NoGradGuard no_grad;
  std::vector<torch::Tensor> weights;
  for (std::int64_t replicate = 0; replicate < 4000; ++replicate) {
    const sim::SparseCorrelatedNetwork network(sim::SparseCorrelatedNetworkOptions(fan_in, narrow)
                                                   .law(narrow_law())
                                                   .seed(1)
                                                   .replicate(replicate)
                                                   .dtype(torch::kFloat64));
    weights.push_back(network->weights[layer - 1]);
  }
  return torch::stack(weights);
}

/// E[W_ij W_{i+γ, j+δ}], indices around the ring.
Estimate covariance(const torch::Tensor& weights, std::int64_t gamma, std::int64_t delta) {
  const auto products =
      (weights * weights.roll({-gamma, -delta}, {1, 2})).mean({1, 2}).contiguous();
  return mean_of(Eigen::Map<const Eigen::ArrayXd>(products.data_ptr<double>(), products.size(0)));
}

TEST(WeightCovariance, OfLaterLayersIsTheProductOfBothAutocorrelations) {
  const auto weights = weights_of_layer(2);
  constexpr int checks = 36;
  for (std::int64_t gamma = 0; gamma < 6; ++gamma) {
    for (std::int64_t delta = 0; delta < 6; ++delta) {
      const double truth =
          variance / narrow * triangle(gamma, post_taps) * triangle(delta, pre_taps);
      EXPECT_TRUE(agrees(covariance(weights, gamma, delta), truth, checks))
          << gamma << ' ' << delta;
    }
  }
  for (const auto& [gamma, delta] : {std::pair{0, 1}, {1, 0}, {1, 2}, {2, 3}}) {
    const double sides_swapped =
        variance / narrow * triangle(gamma, pre_taps) * triangle(delta, post_taps);
    EXPECT_FALSE(agrees(covariance(weights, gamma, delta), sides_swapped, checks));
  }
}

TEST(WeightCovariance, OfTheFirstLayerHasUnitVarianceAndNoPresynapticPart) {
  const auto weights = weights_of_layer(1);
  constexpr int checks = 6 * fan_in;
  for (std::int64_t gamma = 0; gamma < 6; ++gamma) {
    for (std::int64_t delta = 0; delta < fan_in; ++delta) {
      const double truth = delta == 0 ? triangle(gamma, post_taps) : 0;
      EXPECT_TRUE(agrees(covariance(weights, gamma, delta), truth, checks))
          << gamma << ' ' << delta;
    }
  }
  EXPECT_FALSE(agrees(covariance(weights, 0, 1), triangle(1, pre_taps), checks));
  EXPECT_FALSE(agrees(covariance(weights, 0, 0), variance / narrow, checks));
}

// --- pre-activations ---

constexpr double cosine = .5;
constexpr std::int64_t matrix_width = 64;
constexpr std::int64_t offsets = 4;

model::Network ring_network(std::int64_t taps) {
  return model::Network({.depth = 2,
                         .active_fraction = .3,
                         .threshold = model::ThresholdRule::fixed,
                         .bias_variance = .2,
                         .presynaptic = LateralFilter::box(taps),
                         .postsynaptic = LateralFilter::box(post_taps)});
}

/// (1/n) Σ_i h_i(x_a) h_{i+δ}(x_b) at the columns δ for (a, b) = (0, 0), offsets + δ for (0, 1).
Eigen::ArrayXd shifted_products(const torch::Tensor& h) {
  Eigen::ArrayXd result(2 * offsets);
  for (std::int64_t delta = 0; delta < offsets; ++delta) {
    const auto shifted = h.roll(-delta, 1);
    for (std::int64_t b = 0; b < 2; ++b) {
      result(b * offsets + delta) = torch::dot(h[0], shifted[b]).item<double>() / matrix_width;
    }
  }
  return result;
}

TEST(PreactivationCovariance, IsTheKernelTimesThePostsynapticAutocorrelation) {
  const auto prediction = theory::predict(ring_network(pre_taps), cosines_of_pair(cosine));
  const auto rows = sampled({.network = ring_network(pre_taps),
                             .weight_variance = prediction.weight_variance,
                             .preactivation_variance = {1, 1}},
                            matrix_width, cosine, 4000, 4 * offsets, [](const auto& outputs) {
                              Eigen::ArrayXd both(4 * offsets);
                              both << shifted_products(outputs.preactivations[0]),
                                  shifted_products(outputs.preactivations[1]);
                              return both;
                            });
  constexpr int checks = 4 * offsets;
  // With fixed thresholds the second layer's kernel is the limit's at every width.
  for (int layer = 0; layer < 2; ++layer) {
    const auto& kernel = prediction.layers[static_cast<std::size_t>(layer)].preactivation;
    for (int b = 0; b < 2; ++b) {
      for (int delta = 0; delta < offsets; ++delta) {
        const auto estimate = mean_of(rows.col((2 * layer + b) * offsets + delta));
        EXPECT_TRUE(agrees(estimate, kernel(0, b) * triangle(delta, post_taps), checks))
            << layer << ' ' << b << ' ' << delta;
      }
      const auto neighbours = mean_of(rows.col((2 * layer + b) * offsets + 1));
      EXPECT_FALSE(agrees(neighbours, kernel(0, b) * triangle(1, pre_taps), checks));
    }
  }
  // The kernel that one tap fewer would give at the same weight variance.
  const model::Network fewer([&] {
    auto options = ring_network(pre_taps - 1).options();
    options.weight_variance = prediction.weight_variance;
    return options;
  }());
  const auto wrong = theory::predict(fewer, cosines_of_pair(cosine)).layers[1].preactivation;
  EXPECT_FALSE(agrees(mean_of(rows.col(2 * offsets)), wrong(0, 0), checks));
  EXPECT_FALSE(agrees(mean_of(rows.col(3 * offsets)), wrong(0, 1), checks));
}

}  // namespace
}  // namespace wideproof::testing
