// SPDX-License-Identifier: MIT
#include <wideproof/sim/network_observables.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

constexpr std::int64_t inputs = 3;
constexpr std::int64_t depth = 2;
constexpr double rounding = 1e-14;

Eigen::MatrixXd matrix(double scale) {
  Eigen::MatrixXd result(inputs, inputs);
  result << 4, 1, 2,  //
      1, 9, 3,        //
      2, 3, 16;
  return scale * result;
}

/// Two networks, the second's matrices three times the first's.
model::LayerMeasurement measured(std::int64_t layer) {
  const ObservableLayout layout(inputs, depth);
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
  Eigen::MatrixXd expected(inputs, inputs);
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
  const ObservableLayout layout(inputs, depth, true);
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

TEST(ObservableLayout, SilentInputHasZeroCorrelationAndNoNaN) {
  const ObservableLayout layout(2, 1);
  Eigen::VectorXd sample(layout.size());
  layout.write(1, Eigen::Vector2d(0, 4).asDiagonal(), {}, 0, sample);
  EXPECT_TRUE(sample.allFinite());
  MomentAccumulator moments(layout.size());
  moments.add(sample);
  moments.add(sample);
  EXPECT_EQ(layout.read(8, 1, moments).correlation.mean(0, 1), 0);
}

}  // namespace
}  // namespace wideproof::sim
