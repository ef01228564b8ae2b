// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/moment_accumulator.hpp>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

constexpr Eigen::Index size = 3;

/// Samples of unit spread about 10⁶, where a sum of squares would lose 12 digits.
Eigen::MatrixXd samples(Eigen::Index count) {
  Eigen::MatrixXd result(count, size);
  for (Eigen::Index i = 0; i < count; ++i) {
    for (Eigen::Index j = 0; j < size; ++j) {
      result(i, j) = 1e6 + static_cast<double>((i * 37 + j * 11) % 17) / 5.0;
    }
  }
  return result;
}

MomentAccumulator accumulated(const Eigen::MatrixXd& rows) {
  MomentAccumulator moments(size);
  for (const auto& row : rows.rowwise()) moments.add(row.transpose());
  return moments;
}

void expect_moments_of(const Eigen::MatrixXd& rows, const MomentAccumulator& moments) {
  const Eigen::VectorXd mean = rows.colwise().mean().transpose();
  const Eigen::VectorXd variance =
      (rows.rowwise() - mean.transpose()).colwise().squaredNorm().transpose() /
      static_cast<double>(rows.rows() - 1);
  EXPECT_EQ(moments.count(), rows.rows());
  // The mean is rounded to 1e-10; a deviation of order 1 and its square inherit that error.
  EXPECT_LE((moments.mean() - mean).cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_LE((moments.variance() - variance).cwiseAbs().maxCoeff(), 1e-8);
}

TEST(MomentAccumulator, AgreesWithTwoPasses) {
  expect_moments_of(samples(100), accumulated(samples(100)));
}

TEST(MomentAccumulator, MergesPartsOfAnySize) {
  const auto rows = samples(100);
  for (const Eigen::Index cut : {0, 1, 37, 99, 100}) {
    auto moments = accumulated(rows.topRows(cut));
    moments.merge(accumulated(rows.bottomRows(100 - cut)));
    expect_moments_of(rows, moments);
  }
}

TEST(MomentAccumulator, GivesTheSameMomentsInAnyOrder) {
  const auto rows = samples(100);
  auto moments = accumulated(rows.bottomRows(63));
  moments.merge(accumulated(rows.topRows(37)));
  expect_moments_of(rows, moments);
  expect_moments_of(rows, accumulated(rows.colwise().reverse()));
}

TEST(MomentAccumulator, GoesOnFromWhereItStood) {
  const auto rows = samples(20);
  const auto half = accumulated(rows.topRows(10));
  MomentAccumulator restored(half.count(), half.mean(), half.squares());
  for (const auto& row : rows.bottomRows(10).rowwise()) restored.add(row.transpose());
  const auto whole = accumulated(rows);
  EXPECT_EQ(restored.mean(), whole.mean());
  EXPECT_EQ(restored.squares(), whole.squares());
}

}  // namespace
}  // namespace wideproof::sim
