// SPDX-License-Identifier: MIT
// How often the machinery errs on invented measurements whose truth is known. Each count is held
// between the bounds of error_rates.hpp; the rates stand in docs/statistics.md and, for every run,
// in the properties of the XML report (--gtest_output=xml).
#include <cmath>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <wideproof/compare/assessment.hpp>
#include <wideproof/compare/distributions.hpp>
#include "error_rates.hpp"
#include "invented.hpp"

namespace wideproof::compare {
namespace {

using testing::count_bounds;
using testing::Invented;
using testing::Rng;

constexpr int trials = 1000;
constexpr int single_entry_trials = 10000;  // these are cheap

/// Three inputs and three layers with a bias of 10/n; standard errors of the limits near 0.7%.
Invented default_experiment() {
  Invented invented;
  invented.layers = 3;
  invented.limit = testing::equicorrelated(3, 0.5);
  invented.first = 10.0;
  invented.spread = 5.0;
  return invented;
}

void record(const std::string& name, int count, int of = trials) {
  ::testing::Test::RecordProperty(name, fmt::format("{}", static_cast<double>(count) / of));
}

template <class Event>
int count(const Event& event, std::uint64_t seed, int of = trials) {
  Rng rng(seed);
  int happened = 0;
  for (int trial = 0; trial < of; ++trial) happened += event(rng) ? 1 : 0;
  return happened;
}

void expect_rate(int happened, double chance, int of) {
  const auto [low, high] = count_bounds(of, chance);
  EXPECT_GE(happened, low);
  EXPECT_LE(happened, high);
}

Options at_level(double family_error) {
  Options options;
  options.family_error = family_error;
  return options;
}

Assessment assessed(const Invented& invented, const model::Measurement& measurement,
                    const Options& options = at_level(0.05)) {
  return assess(testing::truth(invented), measurement, options);
}

bool disagrees(const Assessment& assessment) {
  return assessment.verdict.outcome == Outcome::disagree;
}

TEST(Calibration, TheInterceptOfOneEntryRejectsAtItsLevel) {
  Invented invented;
  invented.widths = {256, 512, 1024};
  invented.first = 10.0;
  const int rejected = count(
      [&](Rng& rng) {
        return assessed(invented, testing::draw(invented, rng)).extrapolation->p_value < 0.05;
      },
      1, single_entry_trials);
  record("rejection_rate", rejected, single_entry_trials);
  expect_rate(rejected, 0.05, single_entry_trials);
}

/// How often the 95% interval of a limit, that of one entry at five widths, holds the truth.
int covering(std::int64_t replicates, std::optional<int> order) {
  Invented invented;
  invented.first = 10.0;
  invented.replicates = replicates;
  Options options = at_level(0.05);
  options.order = order;
  return count(
      [&](Rng& rng) {
        const Assessment assessment = assessed(invented, testing::draw(invented, rng), options);
        const MatrixEstimate& limit = assessment.extrapolation->layers[0].gram.estimate;
        const double t = student_upper_quantile(0.025, limit.degrees_of_freedom(0, 0));
        return std::abs(limit.value(0, 0) - 1.0) <= t * limit.standard_error(0, 0);
      },
      2, single_entry_trials);
}

TEST(Calibration, TheIntervalOfOneLimitCoversAtAGivenOrder) {
  // With 10 replicates the terms beyond first order in 1/(R − 1) begin to show.
  for (const std::int64_t replicates : {10, 20, 100}) {
    const int covered = covering(replicates, 1);
    record(fmt::format("coverage_of_95_percent_at_{}_replicates", replicates), covered,
           single_entry_trials);
    expect_rate(covered, 0.95, single_entry_trials);
  }
}

TEST(Calibration, ChoosingTheOrderCostsAtMostItsErrorRate) {
  // At worst every parabola that is taken by mistake misses the limit.
  const int covered = covering(100, std::nullopt);
  record("coverage_of_95_percent_with_the_order_chosen", covered, single_entry_trials);
  EXPECT_GE(covered, count_bounds(single_entry_trials, 0.95 - Options{}.lack_of_fit_error).low);
  EXPECT_LE(covered, count_bounds(single_entry_trials, 0.95).high);
}

TEST(Calibration, ATruePredictionIsRarelyCalledWrong) {
  const Invented invented = default_experiment();
  int parabolas = 0;
  const int wrong = count(
      [&](Rng& rng) {
        const Assessment assessment = assessed(invented, testing::draw(invented, rng));
        parabolas += assessment.extrapolation->order == 2 ? 1 : 0;
        return disagrees(assessment);
      },
      3);
  record("false_disagree_rate_at_0.05", wrong);
  record("needless_parabola_rate_at_0.05", parabolas);
  EXPECT_LE(wrong, count_bounds(trials, 0.05).high);
  EXPECT_LE(parabolas, count_bounds(trials, 0.05).high);
}

TEST(Calibration, AnUnseenCurvatureIsRarelyTakenForAWrongLimit) {
  Invented invented = default_experiment();
  for (const double second : {2e3, 8e3, 3.2e4}) {
    invented.second = second;
    int line_alone = 0;
    const int wrong = count(
        [&](Rng& rng) {
          const Assessment assessment = assessed(invented, testing::draw(invented, rng));
          line_alone += assessment.extrapolation->p_value < 0.05 ? 1 : 0;
          return disagrees(assessment);
        },
        4);
    record(fmt::format("false_disagree_rate_at_curvature_{}", second), wrong);
    record(fmt::format("line_alone_at_curvature_{}", second), line_alone);
    EXPECT_LE(wrong, count_bounds(trials, 0.05).high);
  }
}

TEST(Calibration, SkewedReplicatesRarelyAccuseATruePrediction) {
  Invented invented;
  invented.first = 10.0;
  invented.spread = 5.0;  // relative spread 0.3 and skewness 1 at the narrowest width
  int line_alone = 0;
  const int wrong = count(
      [&](Rng& rng) {
        const Assessment assessment = assessed(invented, testing::draw_log_normal(invented, rng));
        line_alone += assessment.extrapolation->p_value < 0.05 ? 1 : 0;
        return disagrees(assessment);
      },
      5);
  record("false_disagree_rate_of_log_normal_replicates", wrong);
  record("line_alone_of_log_normal_replicates", line_alone);
  EXPECT_LE(wrong, count_bounds(trials, 0.05).high);
}

TEST(Calibration, ALimitOffByFivePercentIsCalledWrong) {
  // The twin. The parabola's standard error is 1.4·5/√(4096·20000) = 0.08%, so 5% is z = 64 and a
  // miss is beyond any luck; what keeps a run from a verdict is a false alarm of the lack of fit.
  Invented invented = default_experiment();
  invented.replicates = 20000;
  auto wrong_prediction = testing::truth(invented);
  wrong_prediction[1].gram *= 1.05;
  int agreed = 0;
  const int caught = count(
      [&](Rng& rng) {
        const auto assessment =
            assess(wrong_prediction, testing::draw(invented, rng), at_level(0.05));
        agreed += assessment.verdict.outcome == Outcome::agree ? 1 : 0;
        return disagrees(assessment);
      },
      6);
  record("power_at_5_percent", caught);
  EXPECT_EQ(agreed, 0);
  EXPECT_GE(caught, count_bounds(trials, 1.0 - 0.05).low);
}

TEST(Calibration, ALimitOnTheMarginRarelyPassesForEqual) {
  Invented invented;
  invented.replicates = 1000;
  invented.spread = 2.0;
  Options options = at_level(0.05);
  auto on_the_margin = testing::truth(invented);
  on_the_margin[0].gram(0, 0) = 1.0 / (1.0 + options.equivalence_margin);
  const int passed = count(
      [&](Rng& rng) {
        const auto result = assess(on_the_margin, testing::draw(invented, rng), options);
        return result.extrapolation->layers[0].equivalence.holds;
      },
      7, single_entry_trials);
  record("false_equivalence_rate_at_0.05", passed, single_entry_trials);
  expect_rate(passed, 0.05, single_entry_trials);
}

TEST(Calibration, OneWidthOnTheMarginIsFoundBeyondItAtItsLevel) {
  Invented invented;
  invented.widths = {1024};
  invented.first = 0.02 * 1024.0;
  const int rejected = count(
      [&](Rng& rng) {
        const auto assessment = assessed(invented, testing::draw(invented, rng));
        return assessment.verdict.p_value < assessment.options.family_error;
      },
      8, single_entry_trials);
  record("one_width_rejection_rate_at_0.05", rejected, single_entry_trials);
  expect_rate(rejected, 0.05, single_entry_trials);
}

TEST(Calibration, TheIntervalOfTheFluctuationExponentCovers) {
  for (const bool skewed : {false, true}) {
    Invented invented;
    invented.spread = skewed ? 5.0 : 1.0;
    const int covered = count(
        [&](Rng& rng) {
          const auto measurement =
              skewed ? testing::draw_log_normal(invented, rng) : testing::draw(invented, rng);
          const Assessment assessment = assessed(invented, measurement);
          const Exponent& exponent = *assessment.convergence[0].fluctuation;
          return exponent.low <= -0.5 && -0.5 <= exponent.high;
        },
        9);
    record(skewed ? "exponent_coverage_log_normal" : "exponent_coverage_normal", covered);
    EXPECT_GE(covered, count_bounds(trials, 0.95).low);
  }
}

}  // namespace
}  // namespace wideproof::compare
