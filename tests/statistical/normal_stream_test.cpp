// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>

#include "drawn_normals.hpp"

namespace wideproof::testing {
namespace {

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

}  // namespace
}  // namespace wideproof::testing
