// SPDX-License-Identifier: MIT
#include <wideproof/sim/normal_stream.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>

#include "false_alarm.hpp"

namespace wideproof::testing {
namespace {

const sim::StreamName name{.seed = 1, .width = 2, .replicate = 3, .layer = 4};
constexpr Eigen::Index piece = 1 << 18;

template <class Real>
Eigen::ArrayXd draw(Eigen::Index count, std::uint64_t first = 0,
                    const sim::StreamName& stream = name) {
  Eigen::ArrayX<Real> values(count);
  sim::NormalStream(stream).draw(first, count, values.data());
  return values.template cast<double>();
}

/// Calls `use` with `pieces` consecutive pieces of the stream.
template <class Real, class Use>
void in_pieces(int pieces, const Use& use) {
  for (int i = 0; i < pieces; ++i) {
    use(draw<Real>(piece, static_cast<std::uint64_t>(i) * piece));
  }
}

/// What a standard normal number stays below in size, but for the share of one of `checks` checks.
double normal_bound(int checks) {
  return quantile(complement(boost::math::normal(), share_of_one_check(checks) / 2));
}

// ---------------------------------------------------------------------------------- distribution

/// (2n − 1)!! = E x^{2n}.
double even_moment(int half) {
  double moment = 1;
  for (int factor = 2 * half - 1; factor > 1; factor -= 2) moment *= factor;
  return moment;
}

/// Standard errors between the means of x, x², …, x⁸ and a standard normal's, the largest of them.
/// The third moment of x⁸ makes a false alarm 1.3 times as likely as that of a normal mean.
struct Moments {
  static constexpr int highest = 8;
  void add(const Eigen::ArrayXd& x) {
    Eigen::ArrayXd power = x;
    for (double& sum : sums) {
      sum += power.sum();
      power *= x;
    }
    count += x.size();
  }
  double distance(int order) const {
    const double moment = order % 2 == 0 ? even_moment(order / 2) : 0;
    const double deviation = std::sqrt(even_moment(order) - moment * moment);
    return (sums[order - 1] / static_cast<double>(count) - moment) / deviation *
           std::sqrt(static_cast<double>(count));
  }
  double sums[highest] = {};
  Eigen::Index count = 0;
};

/// Counts between edges, those beyond the first and the last included, against a normal's.
class Histogram {
 public:
  explicit Histogram(std::vector<double> edges)
      : edges_(std::move(edges)), counts_(edges_.size() + 1) {}

  void add(double x) {
    ++counts_[std::upper_bound(edges_.begin(), edges_.end(), x) - edges_.begin()];
    ++total_;
  }
  /// To numbers that need no place because they lie between the two edges at the centre.
  void add_to_centre(std::int64_t count) {
    counts_[edges_.size() / 2] += count;
    total_ += count;
  }

  /// Pearson's χ² of as many degrees of freedom as there are edges.
  double statistic() const {
    const boost::math::normal law;
    double sum = 0;
    for (std::size_t i = 0; i <= edges_.size(); ++i) {
      // Chances of cells right of zero are taken from the upper tail, where they are exact.
      const bool right = i > 0 && edges_[i - 1] >= 0;
      const auto beyond = [&](double x) { return right ? cdf(complement(law, x)) : cdf(law, x); };
      const double inner = i == 0 ? 0 : beyond(edges_[i - 1]);
      const double outer = i == edges_.size() ? (right ? 0.0 : 1.0) : beyond(edges_[i]);
      const double expected = static_cast<double>(total_) * std::abs(outer - inner);
      sum += std::pow(static_cast<double>(counts_[i]) - expected, 2) / expected;
    }
    return sum;
  }
  double bound() const {
    const boost::math::chi_squared law(static_cast<double>(edges_.size()));
    return quantile(complement(law, false_alarm));
  }

 private:
  std::vector<double> edges_;
  std::vector<std::int64_t> counts_;
  std::int64_t total_ = 0;
};

Histogram equal_chances(int cells) {
  std::vector<double> edges;
  for (int i = 1; i < cells; ++i) {
    edges.push_back(quantile(boost::math::normal(), static_cast<double>(i) / cells));
  }
  return Histogram(edges);
}

/// Cells a quarter wide from 3 to 5 on both sides, and what lies beyond.
Histogram tails() {
  std::vector<double> edges;
  for (int i = -20; i <= 20; ++i) {
    if (std::abs(i) >= 12) edges.push_back(i / 4.0);
  }
  return Histogram(edges);
}

void add_to_tails(Histogram& histogram, const Eigen::ArrayXd& x) {
  std::int64_t near = 0;
  for (const double value : x) {
    if (std::abs(value) < 3) {
      ++near;
    } else {
      histogram.add(value);
    }
  }
  histogram.add_to_centre(near);
}

/// √N sup |empirical − normal distribution function|.
double kolmogorov_distance(Eigen::ArrayXd x) {
  std::sort(x.begin(), x.end());
  const boost::math::normal law;
  const auto count = static_cast<double>(x.size());
  double largest = 0;
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const double chance = cdf(law, x(i));
    largest = std::max({largest, std::abs(chance - static_cast<double>(i) / count),
                        std::abs(chance - static_cast<double>(i + 1) / count)});
  }
  return largest * std::sqrt(count);
}

/// P(distance > x) < 2 exp(−2x²) (Dvoretzky, Kiefer & Wolfowitz; Massart 1990).
double kolmogorov_bound() {
  return std::sqrt(std::log(2 / false_alarm) / 2);
}

template <class Real>
class NormalStream : public ::testing::Test {};
using Reals = ::testing::Types<float, double>;
TYPED_TEST_SUITE(NormalStream, Reals);

TYPED_TEST(NormalStream, HasTheMomentsOfAStandardNormal) {
  Moments moments;
  Moments wrong;
  in_pieces<TypeParam>(256, [&](const Eigen::ArrayXd& x) {
    moments.add(x);
    wrong.add(1.003 * x + .004);
  });
  for (int order = 1; order <= Moments::highest; ++order) {
    EXPECT_LE(std::abs(moments.distance(order)), normal_bound(Moments::highest)) << order;
    EXPECT_GT(std::abs(wrong.distance(order)), normal_bound(Moments::highest)) << order;
  }
}

TYPED_TEST(NormalStream, HasTheDistributionOfAStandardNormal) {
  const auto x = draw<TypeParam>(1000000);
  EXPECT_LE(kolmogorov_distance(x), kolmogorov_bound());
  EXPECT_GT(kolmogorov_distance(x + .01), kolmogorov_bound());
  EXPECT_GT(kolmogorov_distance(1.02 * x), kolmogorov_bound());
}

TYPED_TEST(NormalStream, FillsCellsOfEqualChanceEqually) {
  auto cells = equal_chances(1000);
  auto wrong = equal_chances(1000);
  in_pieces<TypeParam>(16, [&](const Eigen::ArrayXd& x) {
    for (const double value : x) cells.add(value);
    for (const double value : x) wrong.add(value < 0 ? 1.01 * value : .99 * value);
  });
  EXPECT_LE(cells.statistic(), cells.bound());
  EXPECT_GT(wrong.statistic(), wrong.bound());
}

TYPED_TEST(NormalStream, HasTheTailsOfAStandardNormal) {
  auto cells = tails();
  auto wide = tails();
  auto cut = tails();
  in_pieces<TypeParam>(512, [&](const Eigen::ArrayXd& x) {
    add_to_tails(cells, x);
    add_to_tails(wide, 1.01 * x);
    add_to_tails(cut, x.max(-4.8).min(4.8));
  });
  EXPECT_LE(cells.statistic(), cells.bound());
  EXPECT_GT(wide.statistic(), wide.bound());
  EXPECT_GT(cut.statistic(), cut.bound());
}

// ---------------------------------------------------------------------------------- independence

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

TYPED_TEST(NormalStream, HasNoCorrelationBetweenPlacesOfAGroup) {
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
TYPED_TEST(NormalStream, HasNoCorrelationBetweenSquaresOfAGroup) {
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

TYPED_TEST(NormalStream, HasNoCorrelationBetweenNeighboursNorTheirSquares) {
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

TYPED_TEST(NormalStream, HasNoCorrelationWithStreamsOfOtherNames) {
  std::vector<sim::StreamName> others(8, name);
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
