// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/kernel_participation.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/dimension/covariance_moments.hpp>

#include "drawn_weights.hpp"

namespace wideproof::theory {
namespace {

using testing::HasSubstr;

// Samples z_a of N = 40 units, P = 15: N D̃ = (tr C)²/tr C² of their covariance.
TEST(KernelParticipation, IsThatOfTheCovarianceOverSamples) {
  DrawnWeights draw(1);
  const Eigen::MatrixXd z =
      draw.normals(15, 40) * draw.normals(40, 40) + Eigen::MatrixXd::Constant(15, 40, 3);
  const Eigen::MatrixXd centred = z.rowwise() - z.colwise().mean();
  const Eigen::MatrixXd covariance = centred.transpose() * centred / 14;
  const double expected = 40 * linear_dimensionality(covariance);
  EXPECT_NEAR(kernel_participation(z * z.transpose() / 40), expected, 1e-12 * expected);
  EXPECT_NEAR(kernel_participation(1e-200 * z * z.transpose()), expected, 1e-12 * expected);
}

TEST(KernelParticipation, IsOneForTwoInputsAndAllButOneForAlike) {
  EXPECT_NEAR(kernel_participation(Eigen::MatrixXd{{1, .3}, {.3, 2}}), 1, 1e-14);
  const Eigen::MatrixXd alike =
      Eigen::MatrixXd::Constant(9, 9, .4) + .6 * Eigen::MatrixXd::Identity(9, 9);
  EXPECT_NEAR(kernel_participation(alike), 8, 1e-13);
}

TEST(KernelParticipation, RefusesInputsThatDoNotDiffer) {
  for (const Eigen::Index count : {1, 5}) {
    try {
      kernel_participation(Eigen::MatrixXd::Constant(count, count, 0.7));
      FAIL();
    } catch (const model::InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr("inputs which do not differ from each other"));
    }
  }
  EXPECT_THROW(kernel_participation(Eigen::MatrixXd::Zero(3, 3)), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
