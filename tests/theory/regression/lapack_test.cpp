// SPDX-License-Identifier: MIT
#include <wideproof/theory/regression/lapack.hpp>

#include <gtest/gtest.h>
#include <Eigen/Dense>

#include "cosines.hpp"

namespace wideproof::theory {
namespace {

/// Backward errors of these algorithms are below N·2⁻⁵² of the norm, at most N here; solutions are
/// less exact by the condition of positive_definite(), at most 10 N.
double lapack_rounding(Eigen::Index order) {
  const auto n = static_cast<double>(order);
  return 10 * n * n * n * std::numeric_limits<double>::epsilon();
}

Eigen::MatrixXd positive_definite(Eigen::Index order) {
  Eigen::MatrixXd matrix = random_cosines(order, 5);
  matrix.diagonal().array() += 0.1;
  return matrix;
}

constexpr Eigen::Index orders[] = {1, 2, 3, 64, 65, 66, 100, 129, 150, 200};

TEST(Lapack, CholeskySolvesWhatItFactored) {
  const Eigen::MatrixXd matrix = positive_definite(30);
  const Eigen::MatrixXd right = Eigen::MatrixXd::Random(30, 3);
  Eigen::MatrixXd factor = matrix;
  factor.triangularView<Eigen::StrictlyUpper>().setConstant(7);
  ASSERT_TRUE(factor_cholesky(factor));
  Eigen::MatrixXd solution = right;
  solve_cholesky(factor, solution);
  EXPECT_LE((matrix * solution - right).norm(), lapack_rounding(30));
}

TEST(Lapack, CholeskySaysWhatIsNotPositiveDefinite) {
  Eigen::MatrixXd matrix = -positive_definite(3);
  EXPECT_FALSE(factor_cholesky(matrix));
}

TEST(Lapack, DiagonalisesToEigenvectors) {
  const Eigen::MatrixXd matrix = positive_definite(40);
  Eigen::MatrixXd vectors = matrix;
  const Eigen::VectorXd values = diagonalise(vectors);
  EXPECT_LE((matrix * vectors - vectors * values.asDiagonal()).norm(), lapack_rounding(40));
  EXPECT_LE((vectors.transpose() * vectors - Eigen::MatrixXd::Identity(40, 40)).norm(),
            lapack_rounding(40));
  EXPECT_LE(values(0), values(39));
}

TEST(Lapack, TheBandHasTheMatrixsEigenvalues) {
  for (const auto order : orders) {
    const Eigen::MatrixXd matrix = positive_definite(order);
    Eigen::MatrixXd lost = matrix;
    Eigen::MatrixXd none(order, 0);
    const Eigen::VectorXd values = band_eigenvalues(reduce_to_band(lost, none));
    const Eigen::VectorXd expected =
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix).eigenvalues();
    EXPECT_LE((values - expected).cwiseAbs().maxCoeff(), lapack_rounding(order)) << order;
  }
}

TEST(Lapack, TheBandSolvesInTurnedCoordinates) {
  for (const auto order : orders) {
    const Eigen::MatrixXd matrix = positive_definite(order);
    const Eigen::MatrixXd right = Eigen::MatrixXd::Random(order, 2);
    const Eigen::MatrixXd expected = matrix.llt().solve(right);
    Eigen::MatrixXd lost = matrix;
    Eigen::MatrixXd turned = right;
    const Eigen::MatrixXd band = reduce_to_band(lost, turned);
    const Eigen::MatrixXd turned_right = turned;
    ASSERT_TRUE(solve_band(band, turned)) << order;
    // yᵀA⁻¹y and |A⁻¹y| know nothing of the rotation.
    EXPECT_LE((turned_right.transpose() * turned - right.transpose() * expected).norm(),
              lapack_rounding(order))
        << order;
    EXPECT_NEAR(turned.norm(), expected.norm(), lapack_rounding(order)) << order;
  }
}

TEST(Lapack, TheBandSaysWhatIsNotPositiveDefinite) {
  Eigen::MatrixXd matrix = -positive_definite(100);
  Eigen::MatrixXd right = Eigen::MatrixXd::Ones(100, 1);
  const Eigen::MatrixXd band = reduce_to_band(matrix, right);
  EXPECT_FALSE(solve_band(band, right));
}

}  // namespace
}  // namespace wideproof::theory
