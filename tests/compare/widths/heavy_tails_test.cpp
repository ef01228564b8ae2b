// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/heavy_tails.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include <wideproof/compare/statistics/bootstrap.hpp>
#include "calibration.hpp"

namespace wideproof::compare {
namespace {

using testing::at_level;
using ::testing::HasSubstr;
using testing::Invented;
using testing::Rng;
using testing::Tally;

/// Log-normal networks with relative spread 4 at the narrowest width and 1, skewness 4 and kurtosis
/// 41 at the widest.
Invented heavy() {
  Invented invented = testing::default_experiment();
  invented.first = 0.0;
  invented.spread = 64.0;
  invented.replicates = 40;
  return invented;
}

TEST(HeavyTails, AreNamedWithLayerAndClass) {
  Rng rng(41);
  Options options = at_level(0.05);
  options.order = 0;
  const Assessment assessment =
      assess(testing::truth(heavy()), testing::draw_log_normal(heavy(), rng), options);
  ASSERT_FALSE(assessment.heavy_tails.empty());
  EXPECT_THAT(
      describe(assessment.heavy_tails.front()),
      HasSubstr("layer 1, the norm: rare networks dominate the estimate (its skewness is "));
  EXPECT_TRUE(assessment.extrapolation->classes.test.resampled);
  EXPECT_THAT(testing::claim(assessment, "entries")->obstacle, HasSubstr("tails this heavy"));
}

TEST(HeavyTails, TakeAsManyReplicatesAsTheirSkewnessAndVarianceAskFor) {
  const HeavyTail skewed{{}, -1.0, 100.0};  // 25 times: γ falls as 1/√R
  const HeavyTail uncertain{{}, 0.1, 3.0};  // 10 times
  EXPECT_NEAR(replicates_for({skewed}), 25.0, 1e-9);
  EXPECT_NEAR(replicates_for({uncertain}), 10.0, 1e-9);
  EXPECT_NEAR(replicates_for({uncertain, skewed}), 25.0, 1e-9);
}

TEST(HeavyTails, AreAdvisedAgainstWithVarianceReductionWhereItCouldBeUsed) {
  Rng rng(41);
  Options options = at_level(0.05);
  options.order = 0;
  const auto sample = testing::draw_log_normal(heavy(), rng);
  const auto verdict = [&] { return assess(testing::truth(heavy()), sample, options).verdict; };
  ASSERT_EQ(verdict().outcome, Outcome::inconclusive);
  EXPECT_THAT(verdict().advice, HasSubstr("too few networks: rare ones dominate; about "));
  // The difference at this width may lie beyond the margin: replicates alone will not do.
  EXPECT_THAT(verdict().advice, HasSubstr(" times the replicates and wider layers would "));
  EXPECT_THAT(verdict().reasons.front(), HasSubstr("too few networks: layer 1"));
  options.could_reduce_variance = true;
  EXPECT_THAT(verdict().advice,
              HasSubstr("; fewer networks will do with simulation.variance_reduction = true"));
  options.equivalence_margin = 0.9;
  EXPECT_THAT(verdict().advice,
              HasSubstr(", wider layers or simulation.variance_reduction = true would "));
  EXPECT_THAT(verdict().reasons.front(), HasSubstr("simulation.variance_reduction = true"));
}

// Networks of the narrowest width alone are heavy; they have a 256th of the influence on the limit.
TEST(HeavyTails, CountAsFarAsTheyReachTheLimit) {
  Rng rng(45);
  auto sample = testing::draw(testing::default_experiment(), rng);
  const auto columns =
      gram_columns(sample.series, testing::truth(testing::default_experiment()), {});
  auto& narrowest = sample.series.widths.front().means;
  narrowest(0, columns.front().column) += 100 * narrowest.col(columns.front().column).norm();
  Eigen::VectorXd influence = Eigen::VectorXd::Ones(5);
  EXPECT_EQ(heavy_tails(sample.series, {columns.front()}, influence, {}).size(), 1U);
  EXPECT_TRUE(is_heavy_at_a_width(sample.series, columns.front()));
  influence[0] = 1e-6;
  EXPECT_TRUE(heavy_tails(sample.series, {columns.front()}, influence, {}).empty());
}

// Student's interval is too narrow there: equivalence may seem to hold.
TEST(HeavyTails, AtTheLargestWidthShowNoEquivalence) {
  Invented invented = testing::default_experiment();
  invented.first = 0.0;
  invented.spread = 64.0;
  invented.replicates = 4000;
  Options options = at_level(0.05);
  options.order = 0;
  options.equivalence_margin = 0.2;
  Rng rng(46);
  auto sample = testing::draw_log_normal(invented, rng);
  const auto column = gram_columns(sample.series, testing::truth(invented), options).front().column;
  const auto equivalence = [&] {
    return *testing::claim(assess(testing::truth(invented), sample, options), "equivalence");
  };
  EXPECT_EQ(equivalence().outcome, Outcome::agree);
  auto& widest = sample.series.widths.back().means;
  widest.col(column).setOnes();
  widest(0, column) = 101.0;  // one network in 4000 holds all of the variance
  EXPECT_EQ(equivalence().outcome, Outcome::inconclusive);
  EXPECT_THAT(equivalence().obstacle, HasSubstr("heavy tails at this width"));
}

// Control variates can leave nothing but the last bits, whose law is no matter.
TEST(HeavyTails, AreNotThoseOfRounding) {
  Rng rng(47);
  auto sample = testing::draw(testing::default_experiment(), rng);
  const auto columns =
      gram_columns(sample.series, testing::truth(testing::default_experiment()), {});
  for (auto& at : sample.series.widths) {
    at.means.setOnes();
    at.means.row(0).array() += 1e-9;
  }
  const Eigen::VectorXd equal = Eigen::VectorXd::Ones(5);
  EXPECT_TRUE(heavy_tails(sample.series, columns, equal, {}).empty());
  Options exact;
  exact.rounding = 1e-15;
  EXPECT_FALSE(heavy_tails(sample.series, columns, equal, exact).empty());
}

TEST(HeavyTails, AreNotSeenInNormalNetworks) {
  Rng rng(42);
  Tally tally;
  for (const std::int64_t replicates : {10, 30, 100}) {
    Invented invented = testing::default_experiment();
    invented.replicates = replicates;
    const Eigen::VectorXd equal =
        Eigen::VectorXd::Ones(static_cast<Eigen::Index>(invented.widths.size()));
    for (int trial = 0; trial < 300; ++trial) {
      const auto sample = testing::draw(invented, rng);
      const auto columns = gram_columns(sample.series, testing::truth(invented), {});
      tally.count(fmt::format("alarms_at_{}", replicates),
                  !heavy_tails(sample.series, columns, equal, {}).empty());
    }
    tally.expect_at_most(fmt::format("alarms_at_{}", replicates), 0.01);
  }
  tally.record();
}

TEST(HeavyTails, ResamplingHoldsTheLevelWhereFishersLawDoesNot) {
  const Invented invented = heavy();
  const auto predicted = testing::truth(invented);
  Options options = at_level(0.05);
  options.order = 0;
  Rng rng(43);
  Tally tally;
  for (int trial = 0; trial < 400; ++trial) {
    const auto sample = testing::draw_log_normal(invented, rng);
    const Assessment assessment = assess(predicted, sample, options);
    const Extrapolation& limits = *assessment.extrapolation;
    Eigen::VectorXd means(static_cast<Eigen::Index>(limits.columns.size()));
    for (std::size_t k = 0; k < limits.columns.size(); ++k)
      means[static_cast<Eigen::Index>(k)] = limits.columns[k].predicted;
    const ClassLimit plain =
        fit_class_limit(class_means(sample.series, limits.columns, options), means, 0, 0.05);
    tally.count("fisher", plain.test.p_value < 0.05);
    tally.count("resampled", limits.classes.test.p_value < 0.05);
    tally.count("disagree", assessment.verdict.outcome == Outcome::disagree);
  }
  tally.record();
  tally.expect_rate("resampled", 0.05);
  tally.expect_at_most("disagree", 0.05);
  EXPECT_GT(tally.times("fisher"), testing::count_bounds(400, 0.05).high);
}

TEST(HeavyTails, AWrongLimitIsStillCalledWrong) {
  // The twin: half the prediction is 5 standard errors and more.
  const Invented invented = heavy();
  auto wrong = testing::truth(invented);
  for (PredictedLayer& layer : wrong) layer.gram *= 0.25;
  Options options = at_level(0.05);
  options.order = 0;
  Rng rng(44);
  Tally tally;
  for (int trial = 0; trial < 50; ++trial)
    tally.count(
        "limit",
        testing::claim(assess(wrong, testing::draw_log_normal(invented, rng), options), "limit")
                ->outcome == Outcome::disagree);
  tally.record();
  tally.expect_at_least("limit", 0.9);
}

}  // namespace
}  // namespace wideproof::compare
