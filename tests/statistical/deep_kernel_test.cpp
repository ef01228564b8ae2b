// SPDX-License-Identifier: MIT
// Correlations of three successive layers, extrapolated to infinite width from two widths. The 1/n²
// that stays is far below the standard error.
#include <array>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "false_alarm.hpp"
#include "sampled_networks.hpp"

namespace wideproof::testing {
namespace {

using model::LateralFilter;

constexpr int layers = 3;
constexpr double first_cosine = .2;
constexpr std::int64_t largest_width = 1024;

struct Taps {
  std::int64_t post;
  std::int64_t pre;
};

struct Case {
  const char* name;
  double active_fraction;
  Taps taps;
  Taps wrong;                          ///< the formula without B, or without A where there is one
  std::array<double, layers> printed;  ///< the theory of Chun & Lee 2024, to three places
};

LateralFilter box(std::int64_t taps) {
  return taps == 1 ? LateralFilter() : LateralFilter::box(taps);
}

model::Network deep_network(double active_fraction, Taps taps, std::int64_t depth) {
  return model::Network({.depth = depth,
                         .active_fraction = active_fraction,
                         .presynaptic = box(taps.pre),
                         .postsynaptic = box(taps.post)});
}

/// Correlation of the kernels that layers 2, 3 and 4 see.
std::array<double, layers> predicted_correlations(double active_fraction, Taps taps) {
  const auto prediction = theory::predict(deep_network(active_fraction, taps, layers + 1),
                                          cosines_of_pair(first_cosine));
  std::array<double, layers> correlations{};
  for (std::size_t l = 0; l < layers; ++l) {
    const auto& kernel = prediction.layers[l].next_kernel;
    correlations[l] = kernel(0, 1) / std::sqrt(kernel(0, 0) * kernel(1, 1));
  }
  return correlations;
}

Eigen::ArrayXXd observed_correlations(const Case& p, std::int64_t n, std::int64_t replicates) {
  const auto law = deep_network(p.active_fraction, p.taps, layers);
  const sim::LateralConvolver presynaptic(law.presynaptic(), n);
  const double weight_variance =
      theory::predict(law, cosines_of_pair(first_cosine)).weight_variance;
  return sampled({.network = law, .weight_variance = weight_variance}, n, first_cosine, replicates,
                 layers, [&](const auto& outputs) {
                   Eigen::ArrayXd correlations(layers);
                   for (std::size_t l = 0; l < layers; ++l) {
                     const auto seen = presynaptic.correlate(outputs.activations[l]);
                     correlations(static_cast<Eigen::Index>(l)) =
                         gram(seen, 0, 1) / std::sqrt(gram(seen, 0, 0) * gram(seen, 1, 1));
                   }
                   return correlations;
                 });
}

class DeepKernel : public ::testing::TestWithParam<Case> {};

TEST_P(DeepKernel, FollowsTheRecursionAsWidthGrows) {
  const auto& p = GetParam();
  const auto truth = predicted_correlations(p.active_fraction, p.taps);
  const auto wrong = predicted_correlations(p.active_fraction, p.wrong);
  const auto at_width = observed_correlations(p, largest_width, 128);
  const auto at_double = observed_correlations(p, 2 * largest_width, 64);
  for (std::size_t l = 0; l < layers; ++l) {
    const auto column = static_cast<Eigen::Index>(l);
    EXPECT_NEAR(truth[l], p.printed[l], .0005 + 1e-9);
    const auto limit = 2.0 * mean_of(at_double.col(column)) - mean_of(at_width.col(column));
    EXPECT_TRUE(agrees(limit, truth[l], layers)) << "layer " << l + 2;
    EXPECT_FALSE(agrees(limit, wrong[l], layers)) << "layer " << l + 2;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, DeepKernel,
    ::testing::Values(Case{"PresynapticAtOneFifth", .2, {1, 5}, {1, 1}, {.462, .578, .645}},
                      Case{"PresynapticAtSevenPercent", .07, {1, 21}, {1, 1}, {.495, .590, .637}},
                      Case{"BothSidesAtOneFifth", .2, {3, 5}, {1, 5}, {.336, .411, .459}}),
    [](const auto& p) { return std::string(p.param.name); });

}  // namespace
}  // namespace wideproof::testing
