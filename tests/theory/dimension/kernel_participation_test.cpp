// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/kernel_participation.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace wideproof::theory {
namespace {

TEST(KernelParticipation, CountsTheDirectionsLeftByTheMean) {
  EXPECT_NEAR(kernel_participation(Eigen::MatrixXd::Identity(6, 6)), 5.0, 1e-14);
  // A constant adds to the mean over inputs alone.
  const Eigen::MatrixXd shifted =
      Eigen::MatrixXd::Identity(6, 6) + Eigen::MatrixXd::Constant(6, 6, 3.0);
  EXPECT_NEAR(kernel_participation(1e-200 * shifted), 5.0, 1e-13);
}

TEST(KernelParticipation, IsThatOfTheUnitsCovariance) {
  // Seven units on four inputs: K = XᵀX of their activations, C = XHXᵀ of their fluctuations.
  Eigen::MatrixXd activations(7, 4);
  for (Eigen::Index i = 0; i < 7; ++i)
    for (Eigen::Index a = 0; a < 4; ++a)
      activations(i, a) = std::sin(static_cast<double>(1 + 3 * i + 7 * a * a)) + 0.3 * i;
  const Eigen::MatrixXd centred = activations.colwise() - activations.rowwise().mean();
  const Eigen::MatrixXd covariance = centred * centred.transpose();
  const double expected = std::pow(covariance.trace(), 2) / covariance.squaredNorm();
  EXPECT_NEAR(kernel_participation(activations.transpose() * activations), expected, 1e-13);
}

TEST(KernelParticipation, IsOneOfTwoInputsAndNoneOfOne) {
  Eigen::Matrix2d two;
  two << 1.0, 0.2, 0.2, 0.5;
  EXPECT_NEAR(kernel_participation(two), 1.0, 1e-14);
  EXPECT_TRUE(std::isnan(kernel_participation(Eigen::MatrixXd::Ones(1, 1))));
}

}  // namespace
}  // namespace wideproof::theory
