// SPDX-License-Identifier: MIT
#include <wideproof/sim/controls/mean_gram.hpp>

#include <cmath>
#include <memory>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

constexpr double tau = 0.5244005127;
constexpr double step = 1e-5;

Eigen::MatrixXd kernel() {
  return (Eigen::MatrixXd(3, 3) << 1.2, .5, -.1, .5, .9, .4, -.1, .4, 2).finished();
}
Eigen::MatrixXd direction() {
  return (Eigen::MatrixXd(3, 3) << .3, -.2, .1, -.2, .5, .4, .1, .4, -.6).finished();
}

PairSum pairs() {
  return PairSum(std::make_shared<const GaussianPairTable>(tau));
}

Eigen::MatrixXd mean(const Eigen::MatrixXd& at, double fixed_norm) {
  const auto sum = pairs();
  const KernelPoint point(at);
  MeanGram gram(point, sum);
  gram.set_thresholds(tau, fixed_norm);
  return gram.mean();
}

Eigen::MatrixXd tangent(double fixed_norm) {
  const auto sum = pairs();
  const KernelPoint point(kernel());
  MeanGram gram(point, sum);
  gram.set_thresholds(tau, fixed_norm);
  return gram.tangent(direction());
}

TEST(MeanGram, FollowsNormsAndCorrelations) {
  const GaussianPairTable table(tau);
  const auto gram = mean(kernel(), 0);
  EXPECT_NEAR(gram(2, 2), 2 * table(1).product, 1e-14);
  EXPECT_NEAR(gram(0, 1), std::sqrt(1.2 * .9) * table(.5 / std::sqrt(1.2 * .9)).product, 1e-14);
}

TEST(MeanGram, TangentIsTheDerivativeOfTheMean) {
  const Eigen::MatrixXd slope =
      (mean(kernel() + step * direction(), 0) - mean(kernel() - step * direction(), 0)) /
      (2 * step);
  EXPECT_LE((tangent(0) - slope).cwiseAbs().maxCoeff(), 1e-8);
}

TEST(MeanGram, TangentOfFixedThresholdsIsTheDerivativeWhereTheyFit) {
  // At norms of 1 only: elsewhere both are first order in the distance.
  const Eigen::VectorXd norm = kernel().diagonal().cwiseSqrt();
  const Eigen::MatrixXd at =
      norm.cwiseInverse().asDiagonal() * kernel() * norm.cwiseInverse().asDiagonal();
  const auto sum = pairs();
  const KernelPoint point(at);
  MeanGram gram(point, sum);
  gram.set_thresholds(tau, 1);
  const Eigen::MatrixXd slope =
      (mean(at + step * direction(), 1) - mean(at - step * direction(), 1)) / (2 * step);
  EXPECT_LE((gram.tangent(direction()) - slope).cwiseAbs().maxCoeff(), 1e-8);
  EXPECT_GT((gram.tangent(direction()) - tangent(0)).cwiseAbs().maxCoeff(), .01);
}

TEST(MeanGram, AnswersToAShiftOfThresholds) {
  // Twice E[(h − t)₊] on the diagonal.
  const auto sum = pairs();
  const KernelPoint point(kernel());
  const double f = std::erfc(tau / std::sqrt(2.)) / 2;
  const double mu = std::exp(-tau * tau / 2) / std::sqrt(2 * M_PI) - tau * f;
  const auto response = MeanGram(point, sum).response(Eigen::Array3d(.1, 0, 0));
  EXPECT_NEAR(response(0, 0), -.2 * std::sqrt(1.2) * mu, 1e-10);
  EXPECT_EQ(response(1, 2), 0);
  EXPECT_LT(response(0, 1), 0);
}

TEST(MeanGram, OfSilentInputsIsZero) {
  Eigen::MatrixXd half = kernel();
  half.row(1).setZero();
  half.col(1).setZero();
  const auto sum = pairs();
  const KernelPoint point(half);
  for (const double fixed_norm : {0., 1.}) {
    MeanGram gram(point, sum);
    gram.set_thresholds(tau, fixed_norm);
    EXPECT_TRUE(gram.mean().allFinite());
    EXPECT_TRUE(gram.tangent(direction()).allFinite());
    EXPECT_EQ(gram.mean().row(1).cwiseAbs().maxCoeff(), 0);
    EXPECT_TRUE(correlation_tangent(gram.mean(), direction()).allFinite());
  }
}

TEST(MeanGram, CorrelationTangentIsTheDerivativeOfTheCorrelations) {
  const auto correlations = [](const Eigen::MatrixXd& gram) -> Eigen::MatrixXd {
    return KernelPoint(gram).correlation.matrix();
  };
  const Eigen::MatrixXd slope =
      (correlations(kernel() + step * direction()) - correlations(kernel() - step * direction())) /
      (2 * step);
  EXPECT_LE((correlation_tangent(kernel(), direction()) - slope).cwiseAbs().maxCoeff(), 1e-8);
}

}  // namespace
}  // namespace wideproof::sim
