// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

#include "drawn_normals.hpp"

namespace wideproof::testing {
namespace {

/// A number's square with mean 0 and variance 1.
Eigen::ArrayXd squares(const Eigen::ArrayXd& x) {
  return (x.square() - 1) / std::numbers::sqrt2;
}

/// Standard errors between the mean product of two independent arrays of mean 0, variance 1 and 0.
double correlation(const Eigen::Ref<const Eigen::ArrayXd>& x,
                   const Eigen::Ref<const Eigen::ArrayXd>& y) {
  return std::abs((x * y).sum()) / std::sqrt(static_cast<double>(x.size()));
}

/// The largest correlation between any two of 128 places that follow each other, over all such
/// stretches of a stream: one group in float, two in double. So every pair of lanes is seen.
struct Places {
  static constexpr int stretch = 128;
  static constexpr int pairs = stretch * (stretch - 1) / 2;

  void add(const Eigen::ArrayXd& x) {
    const Eigen::Map<const Eigen::MatrixXd> columns(x.data(), stretch, x.size() / stretch);
    sums.selfadjointView<Eigen::Lower>().rankUpdate(columns);
    count += columns.cols();
  }
  double largest() const {
    const Eigen::MatrixXd pairs_only = sums.triangularView<Eigen::StrictlyLower>();
    return pairs_only.cwiseAbs().maxCoeff() / std::sqrt(static_cast<double>(count));
  }
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(stretch, stretch);
  Eigen::Index count = 0;
};

template <class Real>
class NormalIndependence : public ::testing::Test {};
TYPED_TEST_SUITE(NormalIndependence, Reals);

TYPED_TEST(NormalIndependence, HasNoCorrelationBetweenPlacesOfAGroup) {
  Places places;
  Places wrong;
  in_pieces<TypeParam>(128, [&](Eigen::ArrayXd x) {
    places.add(x);
    for (Eigen::Index i = 0; i < x.size(); i += Places::stretch) x(i + 3) += .03 * x(i + 17);
    wrong.add(x);
  });
  EXPECT_LE(places.largest(), normal_bound(Places::pairs));
  EXPECT_GT(wrong.largest(), normal_bound(Places::pairs));
}

// The third moment of a product of squares makes a false alarm twice as likely as with normals.
TYPED_TEST(NormalIndependence, HasNoCorrelationBetweenSquaresOfAGroup) {
  Places places;
  Places wrong;
  in_pieces<TypeParam>(128, [&](Eigen::ArrayXd x) {
    places.add(squares(x));
    for (Eigen::Index i = 0; i < x.size(); i += Places::stretch) {
      const double common = i / Places::stretch % 2 == 0 ? 1.1 : .9;
      x(i + 3) *= common;
      x(i + 17) *= common;
    }
    wrong.add(squares(x));
  });
  EXPECT_LE(places.largest(), normal_bound(Places::pairs));
  EXPECT_GT(wrong.largest(), normal_bound(Places::pairs));
}

TYPED_TEST(NormalIndependence, HasNoCorrelationBetweenNeighboursNorTheirSquares) {
  std::vector<Eigen::Index> lags;
  for (Eigen::Index lag = 1; lag <= 64; ++lag) lags.push_back(lag);
  for (const Eigen::Index lag : {96, 128, 256, 4096, 65536}) lags.push_back(lag);
  const int checks = 2 * static_cast<int>(lags.size());
  const auto x = draw<TypeParam>(1 << 22);
  const auto y = squares(x);
  const auto at = [](const Eigen::ArrayXd& z, Eigen::Index lag) {
    return correlation(z.head(z.size() - lag), z.tail(z.size() - lag));
  };
  for (const auto lag : lags) {
    EXPECT_LE(at(x, lag), normal_bound(checks)) << lag;
    EXPECT_LE(at(y, lag), normal_bound(checks)) << lag;
  }
  const Eigen::Index last = x.size() - 1;
  Eigen::ArrayXd wrong = x;
  wrong.tail(last) += .005 * x.head(last);
  EXPECT_GT(at(wrong, 1), normal_bound(checks));
  wrong = y;
  wrong.tail(last) += .005 * y.head(last);
  EXPECT_GT(at(wrong, 1), normal_bound(checks));
}

TYPED_TEST(NormalIndependence, HasNoCorrelationWithStreamsOfOtherNames) {
  std::vector<sim::StreamName> others(8, stream_name);
  others[0].seed ^= 2;
  others[1].seed ^= std::uint64_t{1} << 32;
  others[2].purpose = sim::Purpose::biases;
  others[3].width = 3;
  others[4].width ^= std::uint32_t{1} << 31;
  others[5].replicate = 2;
  others[6].layer = 5;
  std::swap(others[7].width, others[7].replicate);
  const int checks = 2 * static_cast<int>(others.size());
  constexpr Eigen::Index count = 1 << 22;
  const auto x = draw<TypeParam>(count);
  const auto y = squares(x);
  for (const auto& other : others) {
    const auto z = draw<TypeParam>(count, 0, other);
    EXPECT_LE(correlation(x, z), normal_bound(checks));
    EXPECT_LE(correlation(y, squares(z)), normal_bound(checks));
    EXPECT_GT(correlation(x, z + .005 * x), normal_bound(checks));
    EXPECT_GT(correlation(y, squares(z) + .005 * y), normal_bound(checks));
  }
}

}  // namespace
}  // namespace wideproof::testing
