// SPDX-License-Identifier: MIT
// Whether an open comparison of two errors is decided by the draws of data that its plan asks for.
#include <wideproof/compare/generalization/draws_plan.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

#include <gmock/gmock.h>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_real_distribution.hpp>

#include "error_rates.hpp"

namespace wideproof::compare {
namespace {

constexpr double margin = 0.1;
constexpr double agreement = 0.05;
constexpr double conviction = 0.01;

/// Errors by draw of data, log-normal about 1 + δ and 1, that go on where they ended.
class Draws {
 public:
  Draws(double delta, double spread, std::uint64_t seed)
      : delta_(delta), spread_(spread), rng_(seed) {}

  PairedRatio of_first(std::size_t count) {
    while (a_.size() < count) {
      const double noise = normal_(rng_);
      a_.push_back((1.0 + delta_) * std::exp(spread_ * (noise + normal_(rng_))));
      b_.push_back(std::exp(spread_ * (noise + normal_(rng_))));
    }
    return paired_ratio({a_.begin(), a_.begin() + static_cast<std::ptrdiff_t>(count)},
                        {b_.begin(), b_.begin() + static_cast<std::ptrdiff_t>(count)});
  }

 private:
  double delta_;
  double spread_;
  boost::random::mt19937_64 rng_;
  boost::random::normal_distribution<double> normal_;
  std::vector<double> a_;
  std::vector<double> b_;
};

bool is_open(const PairedRatio& ratio) {
  return !(within_p(ratio, {-margin, margin}) < agreement) &&
         !(beyond_p(ratio, {-margin, margin}) < conviction);
}

/// Of `wanted` open comparisons, their true differences anywhere, how many the planned draws
/// decide, and how many a quarter of those in addition to the present ones.
struct Decided {
  int planned = 0;
  int promised = 0;
  int by_plan = 0;
  int by_a_quarter = 0;
};

Decided follow(std::size_t draws, int wanted, std::uint64_t seed) {
  boost::random::mt19937_64 rng(seed);
  boost::random::uniform_real_distribution<double> anywhere(-0.6, 0.6);
  Decided decided;
  for (std::uint64_t run = 0; decided.planned < wanted; ++run) {
    Draws errors(anywhere(rng), 0.1, 1000 * seed + run);
    const PairedRatio ratio = errors.of_first(draws);
    if (!is_open(ratio)) continue;
    ++decided.planned;
    const auto plan = draws_to_decide(ratio, {margin, agreement, conviction});
    if (!plan) continue;
    ++decided.promised;
    const auto more = static_cast<std::size_t>(*plan);
    decided.by_plan += is_open(errors.of_first(more)) ? 0 : 1;
    decided.by_a_quarter += is_open(errors.of_first(draws + (more - draws) / 4)) ? 0 : 1;
  }
  return decided;
}

TEST(DrawsPlan, DecidesInNineRunsOfTen) {
  int by_a_quarter = 0;
  int promised = 0;
  for (const std::size_t draws : {4, 6, 20}) {
    const Decided decided = follow(draws, 400, 20261126 + draws);
    RecordProperty("draws_" + std::to_string(draws) + "_promised", decided.promised);
    RecordProperty("draws_" + std::to_string(draws) + "_decided", decided.by_plan);
    EXPECT_GT(decided.promised, 200) << draws;
    EXPECT_GE(decided.by_plan, testing::count_bounds(decided.promised, 0.9).low) << draws;
    by_a_quarter += decided.by_a_quarter;
    promised += decided.promised;
  }
  // The twin: a quarter of it is not enough.
  EXPECT_LT(by_a_quarter, testing::count_bounds(promised, 0.9).low);
}

/// On the margin with levels of 5% and 1%, from many draws: of the mean of F times as many, normal
/// with √(1 − 1/F) s, a part between t·s/√F within the margin and beyond it stays open.
TEST(DrawsPlan, AsksForWhatANormalDifferenceOnTheMarginNeeds) {
  const PairedRatio ratio{2000, 1.1, 1.0, margin, 0.001};
  const auto plan = draws_to_decide(ratio, {margin, agreement, conviction});
  ASSERT_TRUE(plan);
  const double rest = std::sqrt(*plan / 2000.0 - 1.0);
  const auto below = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
  EXPECT_NEAR(below(2.326348 / rest) - below(-1.644854 / rest), 0.1, 0.002);
}

TEST(DrawsPlan, PromisesNothingToADifferenceThatCannotConvict) {
  EXPECT_FALSE(draws_to_decide({10, 1.2, 1.0, 0.12, 0.01}, {margin, agreement, {}}));
  EXPECT_TRUE(draws_to_decide({10, 1.2, 1.0, 0.02, 0.05}, {margin, agreement, {}}));
}

}  // namespace
}  // namespace wideproof::compare
