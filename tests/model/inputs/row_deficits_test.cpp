// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/row_deficits.hpp>

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <wideproof/model/inputs/inputs.hpp>

namespace wideproof::model {
namespace {

using Exact = boost::multiprecision::cpp_bin_float_100;

/// 1 − ⟨x,y⟩/(|x||y|) with 100 digits.
double exact_deficit(const Eigen::RowVectorXd& x, const Eigen::RowVectorXd& y) {
  Exact xx = 0, yy = 0, xy = 0;
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    xx += Exact(x[i]) * Exact(x[i]);
    yy += Exact(y[i]) * Exact(y[i]);
    xy += Exact(x[i]) * Exact(y[i]);
  }
  return static_cast<double>(1 - xy / sqrt(xx * yy));
}

Eigen::MatrixXd pair_of(const Eigen::RowVectorXd& x, const Eigen::RowVectorXd& y) {
  Eigen::MatrixXd rows(2, x.size());
  rows << x, y;
  return rows;
}

double deficit_of(const Eigen::RowVectorXd& x, const Eigen::RowVectorXd& y) {
  return row_deficits(pair_of(x, y)).values()(0, 1);
}

Eigen::RowVectorXd random_row(std::mt19937_64& engine, Eigen::Index dimension) {
  std::normal_distribution<double> normal;
  return Eigen::RowVectorXd::NullaryExpr(dimension, [&] { return normal(engine); });
}

TEST(RowDeficits, HaveTwelveDigitsHoweverNearRowsAre) {
  std::mt19937_64 engine(20240108);
  for (const Eigen::Index dimension : {2, 3, 17, 784}) {
    for (const double apart : {4e-15, 1e-14, 1e-12, 1e-9, 1e-6, 1e-3, 0.03, 0.06, 1.0}) {
      for (const double factor : {1.0, 3.7e5, -1.0 / 3}) {
        const Eigen::RowVectorXd x = random_row(engine, dimension);
        const Eigen::RowVectorXd y = factor * (x + apart * random_row(engine, dimension));
        const double exact = exact_deficit(x, y);
        const double found = deficit_of(x, y);
        // Short of opposite rows 2 − δ is what has the digits, and 2 has lost them.
        const double least = factor < 0 || apart > 0.05 ? 1e-15 : 0.0;
        if (exact < 1e-29 || 2 - exact < 1e-29) continue;  // the same direction to eight ulp
        EXPECT_NEAR(found, exact, std::max(least, 1e-12 * exact))
            << dimension << " " << apart << " " << factor;
        EXPECT_EQ(deficit_of(y, x) == 0, found == 0);
      }
    }
  }
}

TEST(RowDeficits, OfMultiplesAreExactlyNoneOrTwo) {
  std::mt19937_64 engine(1);
  for (const Eigen::Index dimension : {1, 2, 3, 784}) {
    const Eigen::RowVectorXd x = random_row(engine, dimension);
    EXPECT_EQ(deficit_of(x, x), 0);
    for (const double factor : {3.0, 0.1, 1e-7, 1.0 / 3, 1e300, 1e-290}) {
      EXPECT_EQ(deficit_of(x, factor * x), 0) << dimension << " " << factor;
      EXPECT_EQ(deficit_of(x, -factor * x), 2) << dimension << " " << factor;
      EXPECT_EQ(deficit_of(factor * x, 0.7 * (0.3 * x)), 0) << dimension << " " << factor;
    }
  }
}

TEST(RowDeficits, TakeTheLeastAndTheLargestNumbers) {
  const double least = std::numeric_limits<double>::denorm_min();
  const double largest = std::numeric_limits<double>::max();
  EXPECT_EQ(deficit_of(Eigen::RowVector2d(3 * least, 4 * least), Eigen::RowVector2d(3, 4)), 0);
  EXPECT_EQ(deficit_of(Eigen::RowVector2d(3, 4), Eigen::RowVector2d(-3 * least, -4 * least)), 2);
  EXPECT_EQ(deficit_of(Eigen::RowVector2d(least, least), Eigen::RowVector2d(largest, largest)), 0);
  EXPECT_EQ(deficit_of(Eigen::RowVector2d(largest, 0), Eigen::RowVector2d(0, least)), 1);
  EXPECT_EQ(deficit_of(Eigen::RowVector2d(largest, least), Eigen::RowVector2d(1, 0)), 0);
}

TEST(RowDeficits, TellNearRowsFromOneAnother) {
  // (1, ε): δ = ε²/2 to a relative ε².
  Eigen::MatrixXd rows(4, 2);
  rows << 1, 0, 1, 1e-10, 1, 1e-6, 2, 0;
  const Eigen::MatrixXd deficits = row_deficits(rows).values();
  EXPECT_NEAR(deficits(0, 1), 5e-21, 5e-33);
  EXPECT_NEAR(deficits(0, 2), 5e-13, 5e-24);
  EXPECT_EQ(deficits(0, 3), 0);
  EXPECT_EQ(deficits, deficits.transpose());
  EXPECT_EQ(deficits.diagonal(), Eigen::VectorXd::Zero(4));
}

TEST(RowDeficits, AgreeWithTheCosines) {
  const auto inputs = gaussian_inputs(40, 5, 3);
  const Eigen::MatrixXd unit = inputs.vectors();
  const Eigen::MatrixXd products = unit * unit.transpose();
  EXPECT_LE((inputs.cosines() - products).cwiseAbs().maxCoeff(), 1e-15);
  EXPECT_LE((inputs.deficits().cosines() - products).cwiseAbs().maxCoeff(), 1e-15);
  const Inputs twins("x", Eigen::MatrixXd{{3, 1, 1}, {0.3, 0.1, 0.1}, {-9, -3, -3}});
  EXPECT_EQ(twins.cosines(), (Eigen::MatrixXd{{1, 1, -1}, {1, 1, -1}, {-1, -1, 1}}));
  EXPECT_EQ(twins.deficits().values(), (Eigen::MatrixXd{{0, 0, 2}, {0, 0, 2}, {2, 2, 0}}));
}

TEST(UnitRows, AreTheRowsOverTheirNorms) {
  EXPECT_EQ(unit_rows(Eigen::MatrixXd{{3, 4}}), (Eigen::MatrixXd{{0.6, 0.8}}));
}

}  // namespace
}  // namespace wideproof::model
