// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/network_observables.hpp>

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

constexpr std::int64_t input_count = 3;
constexpr std::int64_t depth = 2;
constexpr double rounding = 1e-14;

Eigen::MatrixXd matrix(double scale) {
  Eigen::MatrixXd result(input_count, input_count);
  result << 4, 1, 2,  //
      1, 9, 3,        //
      2, 3, 16;
  return scale * result;
}

/// Two networks, the second's matrices three times the first's.
model::LayerMeasurement measured(std::int64_t layer) {
  const ObservableLayout layout(input_count, depth);
  MomentAccumulator moments(layout.size());
  for (const double scale : {1.0, 3.0}) {
    Eigen::VectorXd sample = Eigen::VectorXd::Constant(layout.size(), -99);
    layout.write(1, matrix(scale), matrix(10 * scale), .1 * scale, sample);
    layout.write(2, matrix(100 * scale), {}, .2 * scale, sample);
    EXPECT_EQ((sample.array() == -99).count(), 0) << "an observable was left unwritten";
    moments.add(sample);
  }
  return layout.read(64, layer, moments);
}

TEST(ObservableLayout, ReadsBackWhatEachLayerWrote) {
  const auto first = measured(1);
  EXPECT_EQ(first.width, 64);
  EXPECT_EQ(first.layer, 1);
  EXPECT_EQ(first.replicates, 2);
  EXPECT_TRUE(first.gram.mean.isApprox(matrix(2), rounding));
  EXPECT_TRUE(first.next_kernel.mean.isApprox(matrix(20), rounding));
  EXPECT_NEAR(first.active_fraction_mean, .2, rounding);
  EXPECT_NEAR(first.active_fraction_variance, .02, rounding);
  const auto second = measured(2);
  EXPECT_EQ(second.layer, 2);
  EXPECT_TRUE(second.gram.mean.isApprox(matrix(200), rounding));
  EXPECT_NEAR(second.active_fraction_mean, .4, rounding);
}

TEST(ObservableLayout, ReadsTheVarianceOfOneNetwork) {
  // x and 3x have the unbiased variance 2x².
  const auto first = measured(1);
  EXPECT_TRUE(first.gram.variance.isApprox(2 * matrix(1).cwiseAbs2(), rounding));
  EXPECT_TRUE(first.next_kernel.variance.isApprox(200 * matrix(1).cwiseAbs2(), rounding));
  EXPECT_TRUE(first.gram.standard_error(2).isApprox(matrix(1), rounding));
}

TEST(ObservableLayout, NormalisesTheGramToAUnitDiagonal) {
  Eigen::MatrixXd expected(input_count, input_count);
  expected << 1, 1. / 6, 2. / 8,  //
      1. / 6, 1, 3. / 12,         //
      2. / 8, 3. / 12, 1;
  for (const std::int64_t layer : {1, 2}) {
    const auto correlation = measured(layer).correlation;
    EXPECT_TRUE(correlation.mean.isApprox(expected, rounding));
    EXPECT_LE(correlation.variance.cwiseAbs().maxCoeff(), rounding);
  }
}

TEST(ObservableLayout, NormalisesTheNextKernelToo) {
  const auto first = measured(1);
  EXPECT_TRUE(first.next_correlation.mean.isApprox(first.correlation.mean, rounding));
  EXPECT_LE(first.next_correlation.variance.cwiseAbs().maxCoeff(), rounding);
}

TEST(ObservableLayout, LastLayerHasNoNextKernel) {
  EXPECT_EQ(measured(2).next_correlation.mean.size(), 0);
  EXPECT_EQ(measured(2).next_kernel.mean.size(), 0);
  EXPECT_EQ(measured(2).next_kernel.variance.size(), 0);
}

TEST(ObservableLayout, KeepsWhatControlVariatesLeaveBesideTheNetworksOwn) {
  const ObservableLayout layout(input_count, depth, true);
  MomentAccumulator moments(layout.size());
  for (const double scale : {1.0, 3.0}) {
    Eigen::VectorXd sample = Eigen::VectorXd::Constant(layout.size(), -99);
    for (std::int64_t layer = 1; layer <= depth; ++layer) {
      layout.write(layer, matrix(scale), layer < depth ? matrix(scale) : Eigen::MatrixXd(), .1,
                   sample);
      layout.write_reduced(layer, matrix(scale / 2), matrix(scale / 4), sample);
    }
    EXPECT_EQ((sample.array() == -99).count(), 0) << "an observable was left unwritten";
    moments.add(sample);
  }
  for (std::int64_t layer = 1; layer <= depth; ++layer) {
    const auto read = layout.read(64, layer, moments);
    EXPECT_TRUE(read.plain_gram.mean.isApprox(matrix(2), rounding));
    EXPECT_TRUE(read.gram.mean.isApprox(matrix(1), rounding));
    EXPECT_TRUE(read.gram.variance.isApprox(matrix(1).cwiseAbs2() / 2, rounding));
    EXPECT_NEAR(read.plain_correlation.mean(0, 1), 1. / 6, rounding);
    EXPECT_NEAR(read.correlation.mean(0, 1), 1. / 6 - .5, rounding);
    EXPECT_EQ(read.own_gram().mean, read.plain_gram.mean);
    EXPECT_NEAR(read.active_fraction_mean, .1, rounding);
  }
  // The standard error of x/2 and 3x/2 is x/2, in units of √(gram_aa gram_bb) = 4 on the diagonal.
  EXPECT_NEAR(layout.relative_standard_error(moments), .5, rounding);
  EXPECT_EQ(measured(1).plain_gram.mean.size(), 0);
  EXPECT_EQ(measured(1).plain_correlation.mean.size(), 0);
}

/// Correlations of the networks in `grams` that have one, from their definition.
struct Moments {
  double mean = 0.0;
  double variance = 0.0;
};
Moments correlation_of(const std::vector<Eigen::Matrix2d>& grams) {
  std::vector<double> correlations;
  for (const auto& gram : grams) {
    if (gram(0, 0) > 0 && gram(1, 1) > 0) {
      correlations.push_back(gram(0, 1) / std::sqrt(gram(0, 0) * gram(1, 1)));
    }
  }
  Moments moments;
  const auto count = static_cast<double>(correlations.size());
  for (const double c : correlations) moments.mean += c / count;
  for (const double c : correlations) {
    moments.variance += std::pow(c - moments.mean, 2) / (count - 1);
  }
  return moments;
}

Eigen::Matrix2d gram_of(double one, double both, double other) {
  return Eigen::Matrix2d{{one, both}, {both, other}};
}

/// One layer and a next kernel that a bias keeps from zero.
MomentAccumulator accumulated(const ObservableLayout& layout,
                              const std::vector<Eigen::Matrix2d>& grams) {
  MomentAccumulator moments(layout.size());
  for (const auto& gram : grams) {
    Eigen::VectorXd sample = Eigen::VectorXd::Constant(layout.size(), -99);
    layout.write(1, gram, gram.array() + 1, .1, sample);
    layout.write(2, gram, {}, .1, sample);
    if (layout.reduces_variance()) {
      for (const std::int64_t layer : {1, 2}) {
        layout.write_reduced(layer, gram_of(.1, .1, .1), gram_of(0, .25, 0), sample);
      }
    }
    EXPECT_TRUE(sample.allFinite());
    moments.add(sample);
  }
  return moments;
}

const std::vector<Eigen::Matrix2d> with_silent = {
    gram_of(4, 1, 9), gram_of(0, 0, 4), gram_of(1, .5, 4), gram_of(0, 0, 0),
    gram_of(9, 3, 4), gram_of(2, 0, 0), gram_of(1, .1, 1)};

TEST(ObservableLayout, HasCorrelationsOfNetworksThatHaveThemAlone) {
  const ObservableLayout layout(2, 2);
  const auto read = layout.read(8, 1, accumulated(layout, with_silent));
  EXPECT_EQ(read.replicates, 7);
  EXPECT_EQ(read.silent_networks, 3);
  EXPECT_EQ(read.correlation_replicates(), 4);
  const auto expected = correlation_of(with_silent);
  EXPECT_NEAR(read.correlation.mean(0, 1), expected.mean, rounding);
  EXPECT_NEAR(read.correlation.variance(0, 1), expected.variance, rounding);
  EXPECT_EQ(read.correlation.mean(0, 0), 1);
  EXPECT_EQ(read.correlation.variance(1, 1), 0);
  // A zero in its place would have given another mean.
  EXPECT_GT(std::abs(expected.mean * 4 / 7 - expected.mean), .1);
  EXPECT_NEAR(read.gram.mean(0, 0), 17. / 7, rounding);
}

TEST(ObservableLayout, CountsNextKernelsOfTheirOwn) {
  const ObservableLayout layout(2, 2);
  const auto read = layout.read(8, 1, accumulated(layout, with_silent));
  std::vector<Eigen::Matrix2d> kernels;
  for (const auto& gram : with_silent) kernels.emplace_back(gram.array() + 1);
  EXPECT_EQ(read.silent_kernels, 0);
  EXPECT_EQ(read.next_correlation_replicates(), 7);
  EXPECT_NEAR(read.next_correlation.mean(0, 1), correlation_of(kernels).mean, rounding);
  EXPECT_NEAR(read.next_correlation.variance(0, 1), correlation_of(kernels).variance, rounding);
}

TEST(ObservableLayout, HasReducedCorrelationsOfNetworksThatHaveThemAlone) {
  const ObservableLayout layout(2, 2, true);
  const auto read = layout.read(8, 2, accumulated(layout, with_silent));
  const auto expected = correlation_of(with_silent);
  EXPECT_NEAR(read.plain_correlation.mean(0, 1), expected.mean, rounding);
  EXPECT_NEAR(read.correlation.mean(0, 1), expected.mean - .25, rounding);
  EXPECT_NEAR(read.correlation.variance(0, 1), expected.variance, rounding);
  EXPECT_EQ(read.silent_networks, 3);
}

TEST(ObservableLayout, HasNoCorrelationOfFewerThanTwoNetworks) {
  const ObservableLayout layout(2, 2);
  for (const auto& grams :
       {std::vector<Eigen::Matrix2d>{gram_of(0, 0, 4), gram_of(0, 0, 1)},
        std::vector<Eigen::Matrix2d>{gram_of(0, 0, 4), gram_of(1, .5, 4), gram_of(0, 0, 1)}}) {
    const auto moments = accumulated(layout, grams);
    const auto read = layout.read(8, 2, moments);
    EXPECT_TRUE(read.correlation.mean.array().isNaN().all());
    EXPECT_TRUE(read.correlation.variance.array().isNaN().all());
    const auto variances = layout.variances(moments);
    EXPECT_EQ(layout.matrix(variances, 2, ObservableLayout::Part::correlation),
              Eigen::Matrix2d::Zero());
    EXPECT_GT(layout.matrix(variances, 2, ObservableLayout::Part::gram)(1, 1), 0);
  }
}

TEST(ObservableLayout, HasVariancesOfABlockOverNetworksThatHaveCorrelations) {
  const ObservableLayout layout(2, 2);
  const auto variances = layout.variances(accumulated(layout, with_silent));
  EXPECT_NEAR(layout.matrix(variances, 1, ObservableLayout::Part::correlation)(0, 1),
              correlation_of(with_silent).variance, rounding);
}

}  // namespace
}  // namespace wideproof::sim
