// SPDX-License-Identifier: MIT
#include <wideproof/sim/gaussian_field.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <boost/math/distributions/normal.hpp>

#include "false_alarm.hpp"

namespace wideproof::testing {
namespace {

constexpr Eigen::Index count = 1000000;

template <class Real>
Eigen::ArrayXd field(const sim::StreamName& name = {.seed = 1}) {
  std::vector<Real> values(count);
  sim::GaussianField<Real>(name).draw(values.data(), count);
  return Eigen::Map<const Eigen::ArrayX<Real>>(values.data(), count).template cast<double>();
}

/// √N sup |empirical − normal distribution function|.
double kolmogorov_distance(Eigen::ArrayXd x) {
  std::sort(x.begin(), x.end());
  const boost::math::normal law;
  double largest = 0;
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const double chance = cdf(law, x(i));
    largest = std::max({largest, std::abs(chance - static_cast<double>(i) / count),
                        std::abs(chance - static_cast<double>(i + 1) / count)});
  }
  return largest * std::sqrt(static_cast<double>(x.size()));
}

/// P(distance > x) < 2 exp(−2x²) (Dvoretzky, Kiefer & Wolfowitz; Massart 1990).
double kolmogorov_bound() {
  return std::sqrt(std::log(2 / false_alarm) / 2);
}

template <class Real>
class GaussianField : public ::testing::Test {};
using Reals = ::testing::Types<float, double>;
TYPED_TEST_SUITE(GaussianField, Reals);

TYPED_TEST(GaussianField, HasTheMomentsOfAStandardNormal) {
  const auto x = field<TypeParam>();
  const double moments[] = {0, 1, 0, 3, 0, 15};
  for (int power = 1; power <= 6; ++power) {
    EXPECT_TRUE(agrees(mean_of(x.pow(power)), moments[power - 1], 6)) << power;
    EXPECT_FALSE(agrees(mean_of((1.02 * x + .02).pow(power)), moments[power - 1], 6)) << power;
  }
}

TYPED_TEST(GaussianField, HasTheDistributionOfAStandardNormal) {
  const auto x = field<TypeParam>();
  EXPECT_LE(kolmogorov_distance(x), kolmogorov_bound());
  EXPECT_GT(kolmogorov_distance(x + .01), kolmogorov_bound());
  EXPECT_GT(kolmogorov_distance(1.02 * x), kolmogorov_bound());
}

TYPED_TEST(GaussianField, HasNoCorrelationBetweenNeighboursOrStreams) {
  const auto x = field<TypeParam>();
  const auto pairs_at = [&](Eigen::Index lag) -> Eigen::ArrayXd {
    return x.head(count - lag) * x.tail(count - lag);
  };
  const auto times = [&](const sim::StreamName& other) -> Eigen::ArrayXd {
    return x * field<TypeParam>(other);
  };
  for (const Eigen::Index lag : {1, 2, 4, 64, 4096}) {
    EXPECT_TRUE(agrees(mean_of(pairs_at(lag)), 0, 9)) << lag;
  }
  EXPECT_TRUE(agrees(mean_of(times({.seed = 2})), 0, 9));
  EXPECT_TRUE(agrees(mean_of(times({.seed = 1, .replicate = 1})), 0, 9));
  EXPECT_TRUE(agrees(mean_of(times({.seed = 1, .layer = 1})), 0, 9));
  EXPECT_TRUE(agrees(mean_of(times({.seed = 1, .purpose = sim::Purpose::biases})), 0, 9));
  EXPECT_FALSE(agrees(mean_of(times({.seed = 1})), 0, 9));
  EXPECT_FALSE(agrees(mean_of(times({.seed = 2}) + .01), 0, 9));
}

}  // namespace
}  // namespace wideproof::testing
