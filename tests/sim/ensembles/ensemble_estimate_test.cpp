// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_estimate.hpp>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include <wideproof/sim/ensembles/centred_halves.hpp>
#include <wideproof/sim/numeric/single_threaded_blas.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

/// Correlated activations of a mean of their own, N × M.
torch::Tensor some_activations(std::int64_t width, std::int64_t samples,
                               torch::ScalarType dtype = torch::kFloat64) {
  auto z = testing::some_field(width, samples);
  return (z + .5 * z.roll(1, 0) + 2.0).to(dtype);
}

torch::Tensor covariance_of(const torch::Tensor& samples) {
  const auto x = samples - samples.mean(1, /*keepdim=*/true);
  return torch::mm(x, x.t()) / static_cast<double>(samples.size(1) - 1);
}

/// The covariance of half `half` without a block, from its definition.
torch::Tensor covariance_without(const torch::Tensor& z, std::int64_t half, std::int64_t first,
                                 std::int64_t count) {
  const std::int64_t m = z.size(1) / 2;
  const auto samples = z.narrow(1, half * m, m);
  return covariance_of(torch::cat(
      {samples.narrow(1, 0, first), samples.narrow(1, first + count, m - first - count)}, 1));
}

/// Blocks of equal and of unequal sizes; fewer columns at a time than blocks, and more.
TEST(CentredHalves, LeavesBlocksOutAsIfTheyHadNotBeenDrawn) {
  for (const std::int64_t samples : {16, 38, 100, 400}) {
    const auto z = some_activations(7, samples);
    const CentredHalves halves(z, 1);
    const auto covariance = [&](std::int64_t half, std::int64_t b) {
      return b < 0 ? covariance_without(z, half, 0, 0)
                   : covariance_without(z, half, halves.begin(b), halves.size(b));
    };
    for (std::int64_t b = -1; b < halves.blocks(); b += 2) {
      const auto first = covariance(0, b);
      const double trace = first.trace().item<double>();
      EXPECT_NEAR(halves.trace(0, b), trace, 1e-12 * trace);
      for (std::int64_t c = -1; c < halves.blocks(); c += 3) {
        const auto second = covariance(1, c);
        const double product = (first * second).sum().item<double>();
        EXPECT_NEAR(halves.product(b, c), product, 1e-12 * product) << b << ' ' << c;
      }
    }
    const double diagonal =
        covariance(0, -1).diagonal().dot(covariance(1, -1).diagonal()).item<double>();
    EXPECT_NEAR(halves.diagonal_product(), diagonal, 1e-12 * diagonal);
  }
}

/// The jackknife of one half of the jackknife of the other, each over 16 single samples.
TEST(EnsembleEstimate, IsTheRatioLessWhatBlocksSayOfItsBias) {
  const auto z = some_activations(5, 32);
  const auto ratio = [&](std::int64_t b, std::int64_t c) {
    const auto first = covariance_without(z, 0, std::max<std::int64_t>(b, 0), b < 0 ? 0 : 1);
    const auto second = covariance_without(z, 1, std::max<std::int64_t>(c, 0), c < 0 ? 0 : 1);
    return (first.trace() * second.trace() / (5 * (first * second).sum())).item<double>();
  };
  const auto over_second = [&](std::int64_t b) {
    double mean = 0;
    for (std::int64_t c = 0; c < 16; ++c) mean += ratio(b, c) / 16;
    return 16 * ratio(b, -1) - 15 * mean;
  };
  double mean = 0;
  for (std::int64_t b = 0; b < 16; ++b) mean += over_second(b) / 16;
  const auto estimate = estimate_ensemble(z, 1);
  EXPECT_NEAR(estimate.dimensionality, 16 * over_second(-1) - 15 * mean, 1e-10);
  EXPECT_NEAR(estimate.dimensionality + estimate.ratio_bias, ratio(-1, -1), 1e-12);
  EXPECT_NEAR(estimate.trace_squared / (5 * estimate.square_trace), ratio(-1, -1), 1e-12);
}

TEST(EnsembleEstimate, CountsPairsOfUnits) {
  const auto z = some_activations(4, 40);
  const auto first = covariance_of(z.narrow(1, 0, 20));
  const auto second = covariance_of(z.narrow(1, 20, 20));
  double pairs = 0;
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < i; ++j) pairs += (first[i][j] * second[i][j]).item<double>();
  }
  EXPECT_NEAR(estimate_ensemble(z, 1).correlation_strength, 4 * 2.0 / (4 * 3) * pairs, 1e-12);
}

TEST(EnsembleEstimate, IsTheSameInEitherPrecision) {
  for (const std::int64_t width : {20, 300}) {
    const auto exact = estimate_ensemble(some_activations(width, 400), 1);
    const auto rounded = estimate_ensemble(some_activations(width, 400, torch::kFloat32), 1);
    EXPECT_NEAR(rounded.dimensionality, exact.dimensionality, 1e-6 * exact.dimensionality);
    EXPECT_NEAR(rounded.square_trace, exact.square_trace, 1e-6 * exact.square_trace);
    EXPECT_NEAR(rounded.correlation_strength, exact.correlation_strength,
                1e-6 * exact.square_trace);
  }
}

TEST(EnsembleEstimate, ScalesWithItsUnit) {
  const auto z = some_activations(6, 40);
  const auto scaled = estimate_ensemble(z * 4, 1);
  const auto same = estimate_ensemble(z, 1).in_unit(4);
  EXPECT_DOUBLE_EQ(scaled.trace, same.trace);
  EXPECT_DOUBLE_EQ(scaled.square_trace, same.square_trace);
  EXPECT_DOUBLE_EQ(scaled.trace_squared, same.trace_squared);
  EXPECT_DOUBLE_EQ(scaled.dimensionality, same.dimensionality);
  EXPECT_DOUBLE_EQ(scaled.correlation_strength, same.correlation_strength);
}

TEST(EnsembleEstimate, OfAWholeEnsembleIsExact) {
  for (const std::int64_t samples : {2, 7, 30}) {  // fewer and more than neurons
    const auto z = some_activations(9, samples);
    const auto c = covariance_of(z) * static_cast<double>(samples - 1) / double(samples);
    const double trace = c.trace().item<double>();
    const double square = c.square().sum().item<double>();
    const auto estimate = whole_ensemble(z, 1);
    EXPECT_NEAR(estimate.trace, trace, 1e-12 * trace);
    EXPECT_NEAR(estimate.square_trace, square, 1e-12 * square);
    EXPECT_NEAR(estimate.dimensionality, trace * trace / (9 * square), 1e-12);
    const double diagonal = c.diagonal().square().sum().item<double>();
    EXPECT_NEAR(estimate.correlation_strength, (square - diagonal) / 8, 1e-12 * square);
    EXPECT_EQ(estimate.ratio_bias, 0);
  }
}

TEST(EnsembleEstimate, IsNoNumberWhereNothingVaries) {
  const auto z = torch::ones({5, 32});
  EXPECT_TRUE(std::isnan(estimate_ensemble(z, 1).dimensionality));
  EXPECT_TRUE(std::isnan(whole_ensemble(z, 1).dimensionality));
  EXPECT_EQ(estimate_ensemble(z, 1).correlation_strength, 0);
}

TEST(EnsembleEstimate, HasTheSameBitsOnAnyNumberOfThreads) {
  const SingleThreadedBlas single_threaded_blas;
  torch::set_num_threads(1);
  for (const std::int64_t width : {30, 900}) {
    const auto z = some_activations(width, 600, torch::kFloat32);
    const auto one = estimate_ensemble(z, 1);
    const auto three = estimate_ensemble(z, 3);
    EXPECT_EQ(one.dimensionality, three.dimensionality);
    EXPECT_EQ(one.correlation_strength, three.correlation_strength);
  }
}

}  // namespace
}  // namespace wideproof::sim
