// SPDX-License-Identifier: MIT
// How often the exponents and the size of the fluctuations err on invented networks whose truth is
// known; see calibration_test.cpp.
#include "calibration.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

using testing::at_level;
using testing::Invented;
using testing::Rng;
using testing::Tally;

constexpr int fluctuation_trials = 1000;

testing::Sample drawn(const Invented& invented, bool skewed, Rng& rng) {
  return skewed ? testing::draw_log_normal(invented, rng) : testing::draw(invented, rng);
}

TEST(FluctuationCalibration, IntervalsCover) {
  // One layer, so that the occasions are independent; three inputs, whose entries move together.
  for (const bool skewed : {false, true}) {
    Invented invented = testing::default_experiment();
    invented.layers = 1;
    const std::string law = skewed ? "_log_normal" : "_normal";
    Rng rng(21);
    Tally tally;
    for (int trial = 0; trial < 2 * fluctuation_trials; ++trial) {
      const Assessment assessment =
          assess(testing::truth(invented), drawn(invented, skewed, rng), at_level(0.05));
      const Exponent& exponent = *assessment.convergence[0].fluctuation;
      tally.count("exponent" + law, exponent.low <= -0.5 && -0.5 <= exponent.high);
      // A sample whose every class has heavy tails at some width makes no claim.
      tally.count("compared" + law, assessment.fluctuation.has_value());
      if (!assessment.fluctuation) continue;
      const FluctuationComparison& compared = *assessment.fluctuation;
      for (Eigen::Index k = 0; k < compared.log_limit.limit.size(); ++k) {
        const ClassColumn& column = compared.columns[static_cast<std::size_t>(k)];
        const double t = student_upper_quantile(0.025, compared.log_limit.degrees_of_freedom[k]);
        tally.count(name_of(column) + law,
                    std::abs(compared.log_limit.limit[k] - std::log(column.predicted)) <=
                        t * compared.log_limit.standard_error[k]);
      }
      tally.count("joint" + law, compared.log_limit.test.p_value < 0.05);
    }
    tally.record();
    tally.expect_rate("exponent" + law, 0.95);
    // The order is chosen by lack of fit, which may cost as much as its error rate.
    for (const char* name : {"layer 1, the norm", "layer 1, entries like gram(1,2)",
                             "layer 1, entries like correlation(1,2)"}) {
      tally.expect_at_least(name + law, 0.95 - Options{}.lack_of_fit_error);
      tally.expect_at_most(name + law, 0.95);
    }
    tally.expect_at_least("compared" + law, 0.99);
    tally.expect_at_most("joint" + law, 0.05 + Options{}.lack_of_fit_error);
  }
}

TEST(FluctuationCalibration, TheFirstCorrectionToTheVarianceConvictsNobody) {
  Invented invented = testing::default_experiment();
  invented.variance_first = 100.0;  // 39% at the narrowest width
  Rng rng(22);
  Tally tally;
  for (int trial = 0; trial < fluctuation_trials / 2; ++trial) {
    const Assessment assessment =
        assess(testing::truth(invented), testing::draw(invented, rng), at_level(0.05));
    for (const char* name : {"fluctuation-exponent", "fluctuation"})
      tally.count(name, *testing::claim(assessment, name)->p_value < 0.05);
  }
  tally.record();
  tally.expect_at_most("fluctuation-exponent", 0.05);
  tally.expect_at_most("fluctuation", 0.05);
}

TEST(FluctuationCalibration, AVarianceOffByAThirdAndAWrongExponentAreCalledWrong) {
  // The twins. At R = 1600 log of n·variance is known to some 0.05 by the parabola and the
  // exponent to 0.05.
  Invented invented = testing::default_experiment();
  invented.replicates = 1600;
  Rng rng(23);
  Tally tally;
  for (int trial = 0; trial < 50; ++trial) {
    auto wrong = testing::truth(invented);
    wrong[1].gram_variance *= 1.5;
    wrong[1].correlation_variance *= 1.5;
    tally.count("variance",
                assess(wrong, testing::draw(invented, rng), at_level(0.05)).verdict.outcome ==
                    Outcome::disagree);
    invented.spread_exponent = -0.25;
    const Assessment assessment =
        assess(testing::truth(invented), testing::draw(invented, rng), at_level(0.05));
    tally.count("exponent",
                testing::claim(assessment, "fluctuation-exponent")->outcome == Outcome::disagree);
    invented.spread_exponent = -0.5;
  }
  tally.record();
  tally.expect_at_least("variance", 1.0 - 0.05);
  tally.expect_at_least("exponent", 1.0 - 0.05);
}

TEST(BiasCalibration, TheIntervalOfTheExponentCovers) {
  // Near the threshold of 8 standard errors at the narrowest width, and far above it.
  Invented invented = testing::default_experiment();
  invented.layers = 1;
  Rng rng(24);
  Tally tally;
  for (const double above_noise : {8.0, 16.0, 60.0}) {
    invented.spread = 10.0 / 256.0 / above_noise * std::sqrt(256.0 * 100.0);
    for (int trial = 0; trial < fluctuation_trials; ++trial) {
      const Assessment assessment =
          assess(testing::truth(invented), testing::draw(invented, rng), at_level(0.05));
      const std::optional<Exponent>& bias = assessment.convergence[0].bias;
      if (!bias) continue;
      const std::string at = fmt::format("_at_{}", above_noise);
      tally.count("coverage" + at, bias->low <= -1.0 && -1.0 <= bias->high);
      tally.count("rejection" + at, bias->p_value < 0.05);
    }
  }
  tally.record();
  tally.expect_rate("coverage_at_60", 0.95);
  // Where c is bounded more tightly than the data know it, the interval is wider than it need be.
  for (const char* at : {"_at_8", "_at_16"}) {
    tally.expect_at_least(std::string("coverage") + at, 0.95);
    tally.expect_at_most(std::string("rejection") + at, 0.05);
  }
}

TEST(BiasCalibration, ABiasThatFallsAsTheRootIsCalledWrong) {
  // The twin.
  Invented invented = testing::default_experiment();
  invented.spread = 0.1;
  invented.bias_exponent = -0.5;
  Rng rng(25);
  Tally tally;
  for (int trial = 0; trial < 100; ++trial)
    tally.count("rejection",
                assess(testing::truth(invented), testing::draw(invented, rng), at_level(0.05))
                        .convergence[0]
                        .bias->p_value < 0.05);
  tally.record();
  EXPECT_EQ(tally.times("rejection"), 100);
}

}  // namespace
}  // namespace wideproof::compare
