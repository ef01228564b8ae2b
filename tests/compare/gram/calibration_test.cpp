// SPDX-License-Identifier: MIT
// How often limits, entries and the verdict err on invented networks whose truth is known. Each
// count is held between the bounds of error_rates.hpp; the rates stand in docs/statistics.md and,
// for every run, in the properties of the XML report (--gtest_output=xml).
#include "calibration.hpp"

#include <cmath>
#include <optional>

#include <gtest/gtest.h>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

using testing::at_level;
using testing::Invented;
using testing::Rng;
using testing::Tally;

constexpr int trials = 1000;
constexpr int single_entry_trials = 5000;  // these are cheap

bool disagrees(const Assessment& assessment) {
  return assessment.verdict.outcome == Outcome::disagree;
}

TEST(Calibration, TheLimitOfOneEntryRejectsAtItsLevel) {
  Invented invented;
  invented.widths = {256, 512, 1024};
  invented.first = 10.0;
  Rng rng(1);
  Tally tally;
  for (int trial = 0; trial < single_entry_trials; ++trial) {
    const Assessment assessment =
        assess(testing::truth(invented), testing::draw(invented, rng), at_level(0.05));
    tally.count("entry", assessment.extrapolation->p_value < 0.05);
    tally.count("joint", assessment.extrapolation->classes.test.p_value < 0.05);
  }
  tally.record();
  tally.expect_rate("entry", 0.05);
  tally.expect_rate("joint", 0.05);
}

/// How often the 95% interval of a limit, that of one entry at five widths, holds the truth.
Tally covering(std::int64_t replicates, std::optional<int> order, bool skewed = false) {
  Invented invented;
  invented.first = 10.0;
  invented.replicates = replicates;
  invented.spread = skewed ? 5.0 : 1.0;
  Options options = at_level(0.05);
  options.order = order;
  Rng rng(2);
  Tally tally;
  for (int trial = 0; trial < single_entry_trials; ++trial) {
    const auto sample =
        skewed ? testing::draw_log_normal(invented, rng) : testing::draw(invented, rng);
    const Assessment assessment = assess(testing::truth(invented), sample, options);
    const MatrixEstimate& limit = assessment.extrapolation->layers[0].gram.estimate;
    const double t = student_upper_quantile(0.025, limit.degrees_of_freedom(0, 0));
    tally.count(fmt::format("coverage_{}_replicates{}", replicates, skewed ? "_skewed" : ""),
                std::abs(limit.value(0, 0) - 1.0) <= t * limit.standard_error(0, 0));
    const MatrixEstimate& mean = assessment.widths[0].comparison.gram.estimate;
    const double t_mean = student_upper_quantile(0.025, mean.degrees_of_freedom(0, 0));
    tally.count(
        fmt::format("mean_{}_replicates{}", replicates, skewed ? "_skewed" : ""),
        std::abs(mean.value(0, 0) - (1.0 + 10.0 / 256.0)) <= t_mean * mean.standard_error(0, 0));
  }
  tally.record();
  return tally;
}

TEST(Calibration, TheIntervalsOfOneEntryCoverAtAGivenOrder) {
  for (const std::int64_t replicates : {10, 20, 100}) {
    const Tally tally = covering(replicates, 1);
    tally.expect_rate(fmt::format("coverage_{}_replicates", replicates), 0.95);
    tally.expect_rate(fmt::format("mean_{}_replicates", replicates), 0.95);
  }
}

TEST(Calibration, TheIntervalOfALimitCoversForSkewedReplicates) {
  // Skewness 1 at the narrowest width. The weights do not look at the data, so that the limit
  // does not lean towards low means.
  covering(100, 1, true).expect_rate("coverage_100_replicates_skewed", 0.95);
}

TEST(Calibration, ChoosingTheOrderCostsAtMostItsErrorRate) {
  // At worst every parabola that is taken by mistake misses the limit.
  const Tally tally = covering(100, std::nullopt);
  tally.expect_at_least("coverage_100_replicates", 0.95 - Options{}.lack_of_fit_error);
  tally.expect_at_most("coverage_100_replicates", 0.95);
}

TEST(Calibration, ATruePredictionIsRarelyCalledWrong) {
  const Invented invented = testing::default_experiment();
  for (const bool skewed : {false, true}) {
    const std::string law = skewed ? "_log_normal" : "_normal";
    Rng rng(3);
    Tally tally;
    for (int trial = 0; trial < trials; ++trial) {
      const auto sample =
          skewed ? testing::draw_log_normal(invented, rng) : testing::draw(invented, rng);
      const Assessment assessment = assess(testing::truth(invented), sample, at_level(0.05));
      tally.count("disagree" + law, disagrees(assessment));
      tally.count("parabola" + law, assessment.extrapolation->order == 2);
      for (const Claim& claim : assessment.claims)
        if (claim.p_value)
          tally.count(claim.name + law, claim.obstacle.empty() && *claim.p_value < 0.05);
    }
    tally.record();
    tally.expect_at_most("disagree" + law, 0.05);
    tally.expect_at_most("parabola" + law, 0.05);
    for (const char* name : {"limit", "entries", "fluctuation-exponent", "fluctuation"})
      tally.expect_at_most(name + law, 0.05);
  }
}

TEST(Calibration, AnUnseenCurvatureIsRarelyTakenForAWrongLimit) {
  Invented invented = testing::default_experiment();
  Rng rng(4);
  Tally tally;
  for (const double second : {2e3, 8e3, 3.2e4}) {
    invented.second = second;
    const std::string curvature = fmt::format("_at_curvature_{}", second);
    for (int trial = 0; trial < trials / 2; ++trial) {
      const Assessment assessment =
          assess(testing::truth(invented), testing::draw(invented, rng), at_level(0.05));
      tally.count("disagree" + curvature, disagrees(assessment));
      tally.count("lines_alone" + curvature,
                  assessment.extrapolation->order == 1 &&
                      assessment.extrapolation->classes.test.p_value < 0.05);
    }
    tally.expect_at_most("disagree" + curvature, 0.05);
  }
  tally.record();
}

TEST(Calibration, ALimitOffByFivePercentIsCalledWrong) {
  // The twin. The parabola's standard error is 1.4·0.35/√(4096·100) = 0.08%, so 5% is z = 64 and a
  // miss is beyond any luck; what keeps a run from a verdict is a false alarm of the lack of fit.
  Invented invented = testing::default_experiment();
  invented.spread = 0.35;
  auto wrong_prediction = testing::truth(invented);
  wrong_prediction[1].gram *= 1.05;
  Rng rng(6);
  Tally tally;
  for (int trial = 0; trial < trials / 2; ++trial) {
    const auto assessment = assess(wrong_prediction, testing::draw(invented, rng), at_level(0.05));
    tally.count("called_wrong", disagrees(assessment));
    tally.count("agreed", assessment.verdict.outcome == Outcome::agree);
    for (const char* name : {"limit", "entries", "bias-exponent"})
      tally.count(name, testing::claim(assessment, name)->outcome == Outcome::disagree);
  }
  tally.record();
  EXPECT_EQ(tally.times("agreed"), 0);
  tally.expect_at_least("called_wrong", 1.0 - 0.05);
  tally.expect_at_least("limit", 1.0 - 0.05);
  tally.expect_at_least("entries", 1.0 - 0.05);
}

TEST(Calibration, AMeanOnTheMarginRarelyPassesForEqual) {
  Invented invented;
  invented.spread = 0.5;
  auto on_the_margin = testing::truth(invented);
  on_the_margin[0].gram(0, 0) = 1.0 / (1.0 + Options{}.equivalence_margin);
  Rng rng(7);
  Tally tally;
  for (int trial = 0; trial < single_entry_trials; ++trial) {
    const auto result = assess(on_the_margin, testing::draw(invented, rng), at_level(0.05));
    tally.count("at_the_largest_width",
                testing::claim(result, "equivalence")->outcome == Outcome::agree);
    tally.count("of_the_limit", result.extrapolation->layers[0].equivalence.holds);
  }
  tally.record();
  tally.expect_rate("at_the_largest_width", 0.05);
  // Choosing the order may cost as much again.
  tally.expect_at_most("of_the_limit", 0.05 + Options{}.lack_of_fit_error);
}

TEST(Calibration, OneWidthOnTheMarginIsFoundBeyondItAtItsLevel) {
  Invented invented;
  invented.widths = {1024};
  invented.first = 0.02 * 1024.0;
  Rng rng(8);
  Tally tally;
  for (int trial = 0; trial < single_entry_trials; ++trial) {
    const auto assessment =
        assess(testing::truth(invented), testing::draw(invented, rng), at_level(0.05));
    tally.count("beyond", assessment.verdict.p_value < 0.05);
  }
  tally.record();
  tally.expect_rate("beyond", 0.05);
}

}  // namespace
}  // namespace wideproof::compare
