// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/inputs.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <wideproof/model/files/numeric_array.hpp>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Inputs, ScalesEachRowToUnitNorm) {
  const Inputs inputs("x", Eigen::MatrixXd{{3, 4}, {0, -2}});
  EXPECT_TRUE(inputs.vectors().isApprox(Eigen::MatrixXd{{0.6, 0.8}, {0, -1}}, 1e-15));
  EXPECT_EQ(inputs.count(), 2);
  EXPECT_EQ(inputs.dimension(), 2);
  EXPECT_EQ(inputs.source(), "x");
}

TEST(Inputs, ScalesRowsWhoseSquaresOverflowOrUnderflow) {
  const Inputs inputs("x", Eigen::MatrixXd{{3e300, 4e300}, {3e-320, 4e-320}, {-5e-324, 0}});
  EXPECT_NEAR(inputs.vectors()(0, 0), 0.6, 1e-15);
  EXPECT_NEAR(inputs.vectors()(1, 0), 0.6, 1e-3);  // a denormal has few digits
  EXPECT_EQ(inputs.vectors()(2, 0), -1);
}

TEST(Inputs, NamesSourceAndRowItCannotScale) {
  const auto message = [](Eigen::MatrixXd rows) {
    return refusal([&] { Inputs("csv:x.csv", std::move(rows)); });
  };
  EXPECT_EQ(message(Eigen::MatrixXd{{1, 0}, {0, 0}, {0, 1}}),
            "inputs = \"csv:x.csv\": row 2 of 3 is zero: it cannot be scaled to unit norm");
  EXPECT_EQ(message(Eigen::MatrixXd{{1, 0}, {0, nan}}),
            "inputs = \"csv:x.csv\": row 2 of 2 has the component nan in column 2: must be finite");
  EXPECT_THAT(message(Eigen::MatrixXd{{-infinity, 0}}), HasSubstr("component -inf in column 1"));
}

TEST(Inputs, RefusesNoRowsNoColumnsAndTooMany) {
  const auto message = [](Eigen::Index rows, Eigen::Index columns) {
    return refusal([&] { Inputs("x", Eigen::MatrixXd::Ones(rows, columns)); });
  };
  EXPECT_THAT(message(0, 3), EndsWith("holds no inputs"));
  EXPECT_THAT(message(3, 0), EndsWith("have no components"));
  EXPECT_THAT(message(100001, 1), HasSubstr("100001 inputs are more than the 100000"));
}

TEST(Inputs, CosinesAreSymmetricWithUnitDiagonalAndWithinBounds) {
  Eigen::MatrixXd rows(40, 7);
  for (Eigen::Index i = 0; i < rows.size(); ++i) rows(i) = std::sin(1.7 * static_cast<double>(i));
  rows.row(1) = 3.1 * rows.row(0);
  rows.row(2) = -0.7 * rows.row(0);
  const Inputs inputs("x", rows);
  const Eigen::MatrixXd gram = inputs.cosines();
  EXPECT_EQ(gram, gram.transpose());
  EXPECT_EQ(gram.diagonal(), Eigen::VectorXd::Ones(40));
  EXPECT_LE(gram.maxCoeff(), 1);
  EXPECT_GE(gram.minCoeff(), -1);
  EXPECT_NEAR(gram(0, 1), 1, 1e-15);
  EXPECT_NEAR(gram(0, 2), -1, 1e-15);
  EXPECT_NEAR(gram(5, 9), rows.row(5).normalized().dot(rows.row(9).normalized()), 1e-15);
}

TEST(CircleInputs, CosinesAreThoseOfEquallySpacedAngles) {
  for (const std::int64_t count : {1, 2, 3, 7, 8, 100}) {
    const Eigen::MatrixXd gram = circle_inputs(count).cosines();
    for (Eigen::Index a = 0; a < count; ++a) {
      for (Eigen::Index b = 0; b < count; ++b) {
        const double turn = static_cast<double>(a - b) / static_cast<double>(count);
        EXPECT_NEAR(gram(a, b), std::cos(2 * std::numbers::pi * turn), 1e-15);
      }
    }
  }
}

TEST(CircleInputs, RunAnticlockwiseFromTheFirstAxisAndHitQuarterTurnsExactly) {
  EXPECT_EQ(circle_inputs(4).vectors(), (Eigen::MatrixXd{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}));
  EXPECT_NEAR(circle_inputs(12).vectors()(1, 1), 0.5, 1e-15);
}

TEST(CircleInputs, EndWhereTheyBeganWithAnEndpoint) {
  EXPECT_EQ(circle_inputs(5, true).vectors(),
            (Eigen::MatrixXd{{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 0}}));
  EXPECT_EQ(refusal([] { circle_inputs(1, true); }), "inputs.count = 1: must lie in [2, 100000]");
}

TEST(CircleInputs, NamesACountOutOfRange) {
  EXPECT_EQ(refusal([] { circle_inputs(0); }), "inputs.count = 0: must lie in [1, 100000]");
  EXPECT_THAT(refusal([] { circle_inputs(100001); }), HasSubstr("100001: must lie in"));
}

TEST(CosineInputs, ProductsAreThoseOfTheCosines) {
  const std::vector<double> c = {1.0, 0.9, 0.5, -0.3, 0.0, -1.0};
  const Inputs inputs = cosine_inputs(c);
  EXPECT_EQ(inputs.dimension(), 7);
  const Eigen::MatrixXd gram = inputs.cosines();
  for (std::size_t a = 0; a < c.size(); ++a) {
    for (std::size_t b = 0; b < c.size(); ++b) {
      EXPECT_NEAR(gram(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)),
                  a == b ? 1 : c[a] * c[b], 1e-15);
    }
  }
}

TEST(CosineInputs, NamesTheEntryOutOfRange) {
  EXPECT_EQ(refusal([] {
              cosine_inputs({0.5, 1.2});
            }),
            "inputs.cosines[1] = 1.2: must lie in [-1, 1]");
  EXPECT_EQ(refusal([] { cosine_inputs({nan}); }), "inputs.cosines[0] = nan: must lie in [-1, 1]");
  EXPECT_THAT(refusal([] { cosine_inputs({}); }), EndsWith("must hold 1 to 10000 numbers"));
  EXPECT_THAT(refusal([] { cosine_inputs(std::vector<double>(10001, 0.5)); }),
              HasSubstr("(10001 numbers)"));
}

/// Kolmogorov's distance of the first components from a uniform law on [−1, 1], times √count.
double distance_from_uniform(const Inputs& inputs) {
  Eigen::VectorXd x = inputs.vectors().col(0);
  std::sort(x.begin(), x.end());
  const auto n = static_cast<double>(x.size());
  double distance = 0;
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const double expected = (x[i] + 1) / 2;
    distance = std::max({distance, static_cast<double>(i + 1) / n - expected,
                         expected - static_cast<double>(i) / n});
  }
  return distance * std::sqrt(n);
}

// 2 exp(−2 d²) = 1e-6 bounds the chance that a true law is called wrong.
const double rejection_distance = std::sqrt(std::log(2 / 1e-6) / 2);

TEST(GaussianInputs, AreUniformOnTheSphere) {
  // Archimedes: each coordinate of a uniform point on the sphere in three axes is uniform.
  EXPECT_LT(distance_from_uniform(gaussian_inputs(20000, 3, 1)), rejection_distance);
}

TEST(GaussianInputs, TheTestOfUniformityRejectsAnotherSphere) {
  EXPECT_GT(distance_from_uniform(gaussian_inputs(20000, 4, 1)), rejection_distance);
}

TEST(GaussianInputs, AreTheSameBitsForOneSeedAndOthersForAnother) {
  const Inputs inputs = gaussian_inputs(5, 3, 7);
  EXPECT_EQ(gaussian_inputs(5, 3, 7).vectors(), inputs.vectors());
  EXPECT_EQ(gaussian_inputs(2, 3, 7).vectors(), inputs.vectors().topRows(2));
  EXPECT_NE(gaussian_inputs(5, 3, 8).vectors(), inputs.vectors());
}

TEST(GaussianInputs, AreTheSameOnEveryMachine) {
  const Eigen::RowVectorXd first = gaussian_inputs(1, 3, 20240108).vectors().row(0);
  EXPECT_TRUE(first.isApprox(
      Eigen::RowVector3d(0.9511350518272087, 0.23057299192947764, -0.20537333950233633), 1e-14))
      << first;
}

TEST(GaussianInputs, NameCountAndDimensionOutOfRange) {
  EXPECT_EQ(refusal([] { gaussian_inputs(0, 3, 1); }), "inputs.count = 0: must lie in [1, 100000]");
  EXPECT_EQ(refusal([] { gaussian_inputs(3, -1, 1); }),
            "inputs.dimension = -1: must lie in [1, 1000000]");
  EXPECT_EQ(refusal([] { gaussian_inputs(100000, 1000000, 1); }),
            "inputs.dimension = 1000000: 100000 inputs of this dimension are more than 268435456 "
            "numbers");
}

TEST(NumericArray, FlattensAllAxesButTheFirst) {
  const NumericArray array{{2, 1, 2}, {1, 2, 3, 4}};
  EXPECT_EQ(array.rows(), (Eigen::MatrixXd{{1, 2}, {3, 4}}));
}

}  // namespace
}  // namespace wideproof::model
