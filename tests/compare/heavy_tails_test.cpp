// SPDX-License-Identifier: MIT
#include <wideproof/compare/heavy_tails.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include <wideproof/compare/bootstrap.hpp>
#include "calibration.hpp"

namespace wideproof::compare {
namespace {

using testing::at_level;
using ::testing::HasSubstr;
using testing::Invented;
using testing::Rng;
using testing::Tally;

/// One norm whose networks are log-normal with relative spread 4 at the narrowest width and 1,
/// skewness 4 and kurtosis 41 at the widest.
Invented heavy() {
  Invented invented;
  invented.spread = 64.0;
  return invented;
}

TEST(HeavyTails, AreNamedWithWidthLayerAndClass) {
  Rng rng(41);
  const Assessment assessment =
      assess(testing::truth(heavy()), testing::draw_log_normal(heavy(), rng), at_level(0.05));
  ASSERT_FALSE(assessment.heavy_tails.empty());
  EXPECT_THAT(describe(assessment.heavy_tails.front()),
              HasSubstr("width 256, layer 1, the norms: skewness "));
  EXPECT_TRUE(assessment.extrapolation->classes.test.resampled);
  EXPECT_THAT(testing::claim(assessment, "entries")->obstacle, HasSubstr("heavy tails"));
}

TEST(HeavyTails, AreNotSeenInNormalNetworks) {
  Rng rng(42);
  Tally tally;
  for (const std::int64_t replicates : {10, 30, 100}) {
    Invented invented = testing::default_experiment();
    invented.replicates = replicates;
    for (int trial = 0; trial < 300; ++trial) {
      const auto sample = testing::draw(invented, rng);
      const auto columns = gram_columns(sample.series, testing::truth(invented), {});
      tally.count(fmt::format("alarms_at_{}", replicates),
                  !heavy_tails(sample.series, columns).empty());
    }
    tally.expect_at_most(fmt::format("alarms_at_{}", replicates), 0.01);
  }
  tally.record();
}

TEST(HeavyTails, ResamplingHoldsTheLevelNoWorse) {
  // The measured rates stand in docs/statistics.md.
  const Invented invented = heavy();
  Rng rng(43);
  Tally tally;
  Options options = at_level(0.05);
  options.order = 1;
  for (int trial = 0; trial < 1000; ++trial) {
    const auto sample = testing::draw_log_normal(invented, rng);
    const auto predicted = testing::truth(invented);
    const auto columns = gram_columns(sample.series, predicted, options);
    const ClassLimit plain =
        limit_of(class_means(sample.series, columns, options), Eigen::VectorXd::Ones(1), 1, 0.05);
    const Assessment assessment = assess(predicted, sample, options);
    tally.count("plain", plain.test.p_value < 0.05);
    tally.count("resampled", assessment.extrapolation->classes.test.p_value < 0.05);
    tally.count("disagree", assessment.verdict.outcome == Outcome::disagree);
  }
  tally.record();
  tally.expect_at_most("resampled", 0.05);
}

}  // namespace
}  // namespace wideproof::compare
