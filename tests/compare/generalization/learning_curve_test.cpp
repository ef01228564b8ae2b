// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/learning_curve.hpp>

#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include <wideproof/compare/generalization/claims.hpp>
#include <wideproof/model/input_error.hpp>
#include "calibration.hpp"
#include "invented_errors.hpp"

namespace wideproof::compare {
namespace {

using ::testing::HasSubstr;
using testing::InventedErrors;
using ::testing::Not;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double rounding = 1e-12;

GeneralizationAssessment assessed(const model::GeneralizationMeasurement& measurement,
                                  double margin = 0.1) {
  GeneralizationOptions options;
  options.equivalence_margin = margin;
  return assess_generalization(measurement, options);
}

GeneralizationAssessment assessed(const InventedErrors& law, std::uint64_t seed = 1) {
  boost::random::mt19937_64 rng(seed);
  return assessed(testing::draw_errors(law, rng));
}

std::string reasons(const GeneralizationAssessment& assessment) {
  std::string text;
  for (const std::string& reason : assessment.verdict.reasons) text += reason + "\n";
  return text;
}

TEST(PairedRatio, IsTheRatioOfMeansWithItsLinearisedError) {
  // ā/b̄ = 6/4: residuals a − 1.5 b are 0.5, 0, −0.5, se² = 0.5/(3·2·16).
  const PairedRatio ratio = paired_ratio({3.5, 6.0, 8.5}, {2.0, 4.0, 6.0});
  EXPECT_NEAR(ratio.difference, 0.5, rounding);
  EXPECT_NEAR(ratio.standard_error, std::sqrt(0.5 / 96.0), rounding);
  const Interval interval = interval_of(ratio, 0.95);
  EXPECT_NEAR(interval.high - 0.5, 4.302652729911275 * ratio.standard_error, 1e-9);
}

TEST(PairedRatio, OfProportionalErrorsIsCertain) {
  const PairedRatio ratio = paired_ratio({2.0, 4.0}, {1.0, 2.0});
  EXPECT_EQ(ratio.standard_error, 0.0);
  EXPECT_EQ(within_p(ratio, {-0.1, 0.1}), 1.0);
  EXPECT_EQ(beyond_p(ratio, {-0.1, 0.1}), 0.0);
  EXPECT_EQ(within_p(ratio, {-1.0, 1.0}), 0.0);
  EXPECT_EQ(beyond_p(ratio, {-1.0, 1.0}), 1.0);
}

TEST(PairedRatio, IsNotTestedAgainstNoNumber) {
  const PairedRatio ratio = paired_ratio({3.5, 6.0, 8.5}, {2.0, 4.0, 6.0});
  for (const Interval& bounds : {Interval{nan, 1.0}, Interval{0.0, nan}}) {
    EXPECT_TRUE(std::isnan(within_p(ratio, bounds)));
    EXPECT_TRUE(std::isnan(beyond_p(ratio, bounds)));
  }
}

TEST(PairedRatio, LeavesOutDrawsThatLackOneError) {
  EXPECT_EQ(paired_ratio({1.0, nan, 3.0}, {1.0, 2.0, nan}).draws, 1);
  EXPECT_TRUE(std::isnan(within_p(paired_ratio({1.0}, {1.0}), {-0.1, 0.1})));
  EXPECT_TRUE(std::isnan(paired_ratio({}, {}).difference));
}

TEST(MeanError, StaysPositive) {
  const MeanError error = mean_error({0.1, 0.2, 3.0});
  EXPECT_NEAR(error.mean, 1.1, rounding);
  EXPECT_GT(error.low, 0.0);
  EXPECT_NEAR(error.high / error.mean, error.mean / error.low, 1e-9);
  EXPECT_EQ(mean_error({0.0, 0.0}).high, 0.0);
  EXPECT_TRUE(std::isnan(mean_error({1.0}).low));
}

TEST(VarianceComponents, AreThoseOfTheNestedDesign) {
  // Means 2 and 6 with a variance of 2 within: between 8 − 2/2.
  const VarianceComponents components = variance_components({{1.0, 3.0}, {5.0, 7.0}});
  EXPECT_NEAR(components.between_networks, std::sqrt(2.0), rounding);
  EXPECT_NEAR(components.between_draws, std::sqrt(7.0), rounding);
  EXPECT_TRUE(std::isnan(variance_components({{1.0}, {2.0}}).between_networks));
  EXPECT_TRUE(std::isnan(variance_components({{1.0, 2.0}}).between_draws));
}

TEST(LearningCurve, AgreesWithATrueTheory) {
  const GeneralizationAssessment result = assessed(InventedErrors());
  EXPECT_EQ(result.verdict.outcome, Outcome::agree) << reasons(result);
  EXPECT_EQ(result.claims.size(), 6u);
  EXPECT_EQ(result.points.size(), 3u);
  EXPECT_EQ(result.points[0].networks.size(), 4u);
  EXPECT_EQ(result.points[0].networks[0].networks, 20);
  EXPECT_NEAR(result.points[0].theory.kappa, 0.1, rounding);
}

TEST(GeneralizationClaim, KnowsItsPointAndItsWidth) {
  const GeneralizationAssessment result = assessed(InventedErrors());
  const auto claims = generalization_claims(result.points, result.options);
  using Kind = GeneralizationClaim::Kind;
  ASSERT_EQ(claims.size(), 6u);
  EXPECT_EQ(claims[2].kind, Kind::prediction);
  EXPECT_EQ(claims[2].training_points, 256);
  EXPECT_EQ(claims[2].width, 0);
  EXPECT_EQ(claims[3].kind, Kind::networks);
  EXPECT_EQ(claims[3].training_points, 256);
  EXPECT_EQ(claims[3].width, 4096);
  EXPECT_EQ(claims[3].number, ClaimNumber::relative_difference);
}

TEST(LearningCurve, ConvictsATheoryThatIsHalfAgainTooLarge) {
  InventedErrors law;
  law.theory_off = 0.5;
  const GeneralizationAssessment result = assessed(law);
  EXPECT_EQ(result.verdict.outcome, Outcome::disagree);
  EXPECT_THAT(reasons(result), HasSubstr("prediction, P = 128: +"));
}

TEST(LearningCurve, CallsNarrowNetworksNarrow) {
  InventedErrors law;
  law.excess = 2000.0;  // 49% at the largest width, none in the limit
  law.networks = 50;
  const GeneralizationAssessment result = assessed(law);
  EXPECT_EQ(result.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(reasons(result), HasSubstr("these networks may just be too narrow"));
  EXPECT_THAT(reasons(result),
              HasSubstr("If the excess falls as 1/n, it meets the margin near n = "));
}

TEST(LearningCurve, ConvictsNetworksWhoseLimitIsBeyondTheMargin) {
  InventedErrors law;
  law.excess_off = 0.5;
  law.networks = 50;
  EXPECT_EQ(assessed(law).verdict.outcome, Outcome::disagree);
  law.widths = {4096};
  const GeneralizationAssessment one_width = assessed(law);
  EXPECT_EQ(one_width.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(reasons(one_width), HasSubstr("1 of them is 4·P = 512 or more, and it takes three"));
}

// Fourteen standard errors beyond the margin, with limits of −29% for the line: the error is
// merely that of networks about as wide as P.
TEST(LearningCurve, LeavesNetworksAboutAsWideAsPOpen) {
  InventedErrors law;
  law.training_points = {64};
  law.widths = {70, 140, 280};
  law.excess = 0.0;
  law.pole = 1.0;
  law.predicted = false;
  const GeneralizationAssessment result = assessed(law);
  EXPECT_EQ(result.verdict.outcome, Outcome::inconclusive);
  EXPECT_FALSE(result.claims[0].p_value);
  EXPECT_LT(*result.claims[0].p_unguarded, 1e-4);
  EXPECT_THAT(reasons(result), HasSubstr("the widths are small beside P"));
  EXPECT_THAT(reasons(result), HasSubstr("it meets the margin near n = "));
  EXPECT_THAT(reasons(result), Not(HasSubstr("draws would settle it")));
  law.widths = {1024, 2048, 4096};
  law.excess_off = 0.5;
  EXPECT_EQ(assessed(law).verdict.outcome, Outcome::disagree);
}

TEST(LearningCurve, NamesWiderNetworksWhereTheEstimateIsBeyondTheMarginByChanceOrNot) {
  InventedErrors law;
  law.training_points = {64};
  law.draws = 3;
  law.widths = {128};
  law.excess = 25.0;  // 20% at n = 128
  law.network_spread = 0.1;
  law.predicted = false;
  const GeneralizationAssessment result = assessed(law);
  ASSERT_GT(*result.claims[0].p_unguarded, 0.01);
  ASSERT_GT(*result.claims[0].measurement, 0.1);
  EXPECT_THAT(reasons(result), HasSubstr("add wider ones"));
  EXPECT_THAT(reasons(result), Not(HasSubstr("draws would settle it")));
}

TEST(LearningCurve, LeavesLimitsBelowZeroOpen) {
  InventedErrors law;
  law.training_points = {64};
  law.widths = {256, 512, 1024};
  law.excess = 400.0;  // a line from +26% at n = 256 over −91% at 1024 to −130%
  law.excess_off = -1.3;
  law.predicted = false;
  const GeneralizationAssessment result = assessed(law);
  EXPECT_EQ(result.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(reasons(result), HasSubstr("does not fall as a series in 1/n"));
}

TEST(LearningCurve, LeavesErrorsThatBendOpen) {
  // A cusp that no series in 1/n has: line and parabola end far apart.
  InventedErrors law;
  law.training_points = {64};
  law.widths = {256, 512, 1024};
  law.excess = 0.0;
  law.excess_off = -0.95;
  law.predicted = false;
  boost::random::mt19937_64 rng(1);
  model::GeneralizationMeasurement measured = testing::draw_errors(law, rng);
  EXPECT_EQ(assessed(measured).verdict.outcome, Outcome::disagree);
  for (auto& regression : measured.networks)
    if (regression.width == 512) regression.error.pool *= 4.0;
  const GeneralizationAssessment bent = assessed(measured);
  EXPECT_EQ(bent.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(reasons(bent), HasSubstr("does not fall as a series in 1/n"));
}

TEST(LearningCurve, FindsTheExponentOfTheExcess) {
  InventedErrors law;
  law.excess = 1000.0;
  const auto decay = assessed(law).points[0].decay;
  ASSERT_TRUE(decay);
  EXPECT_NEAR(decay->exponent.value, -1.0, 0.1);
  EXPECT_LT(decay->exponent.low, -1.0);
  EXPECT_GT(decay->exponent.high, -1.0);
  EXPECT_NEAR(decay->excess_times_width, 1000.0, 50.0);
  law.excess = 0.0;
  EXPECT_FALSE(assessed(law).points[0].decay);
}

TEST(LearningCurve, TestsNothingWithOneDraw) {
  InventedErrors law;
  law.draws = 1;
  law.theory_off = 5.0;
  const GeneralizationAssessment result = assessed(law);
  EXPECT_EQ(result.verdict.outcome, Outcome::inconclusive);
  EXPECT_TRUE(std::isnan(result.verdict.p_value));
  EXPECT_THAT(reasons(result), HasSubstr("one draw of data does not show how much"));
  EXPECT_GT(result.points[0].predicted.mean, 0.0);
  EXPECT_TRUE(std::isnan(result.points[0].predicted.low));
}

TEST(LearningCurve, AcceptsOneNetworkADraw) {
  InventedErrors law;
  law.networks = 1;
  const GeneralizationAssessment result = assessed(law);
  EXPECT_NE(result.verdict.outcome, Outcome::disagree);
  EXPECT_TRUE(std::isnan(result.points[0].networks[0].deviations.between_networks));
}

TEST(LearningCurve, MakesNoClaimWithoutPredictionAndNetworks) {
  InventedErrors law;
  law.predicted = false;
  law.widths.clear();
  const GeneralizationAssessment result = assessed(law);
  EXPECT_TRUE(result.claims.empty());
  EXPECT_EQ(result.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(reasons(result), HasSubstr("nothing was tested"));
  EXPECT_EQ(assessed(model::GeneralizationMeasurement()).verdict.outcome, Outcome::inconclusive);
}

TEST(LearningCurve, KnowsErrorsOfZero) {
  boost::random::mt19937_64 rng(1);
  model::GeneralizationMeasurement measured = testing::draw_errors(InventedErrors(), rng);
  for (auto& regression : measured.draws) regression.kernel = {1e-25, 0.0, 1e-25};
  for (auto& regression : measured.networks) regression.error = {1e-24, 0.0, 1e-24};
  const GeneralizationAssessment result = assessed(measured);
  EXPECT_EQ(result.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(reasons(result), HasSubstr("no relative margin applies"));
  for (auto& regression : measured.draws) regression.predicted->error = 0.0;
  EXPECT_EQ(assessed(measured).verdict.outcome, Outcome::agree);
  for (auto& regression : measured.draws) regression.kernel = {0.0, 0.0, 0.0};
  EXPECT_EQ(assessed(measured).verdict.outcome, Outcome::agree);
}

TEST(LearningCurve, LeavesOutWhatIsNoErrorAndSaysSo) {
  boost::random::mt19937_64 rng(1);
  InventedErrors law;
  law.draws = 6;
  model::GeneralizationMeasurement measured = testing::draw_errors(law, rng);
  measured.draws[0].kernel.pool = nan;
  measured.draws[1].predicted->error = -1.0;
  measured.networks[40].error.pool = std::numeric_limits<double>::infinity();
  const GeneralizationAssessment result = assessed(measured);
  EXPECT_EQ(result.points[0].kernel.pool.draws, 5);
  EXPECT_EQ(result.points[0].prediction.draws, 4);
  EXPECT_EQ(result.points[0].unusable, 3);
  EXPECT_THAT(reasons(result), HasSubstr("3 errors were not finite or negative"));
}

TEST(LearningCurve, AgreesAtALevelOfItsOwn) {
  boost::random::mt19937_64 rng(1);
  const model::GeneralizationMeasurement measured = testing::draw_errors(InventedErrors(), rng);
  GeneralizationOptions options;
  options.family_error = 1e-6;  // a point of a large sweep
  EXPECT_EQ(assess_generalization(measured, options).verdict.outcome, Outcome::inconclusive);
  options.agreement_error = 0.01;
  EXPECT_EQ(assess_generalization(measured, options).verdict.outcome, Outcome::agree);
  options.agreement_error = 0.6;
  EXPECT_THAT([&] { assess_generalization(measured, options); },
              ::testing::ThrowsMessage<model::InputError>(
                  HasSubstr("compare.agreement_error = 0.6: must lie in (0, 0.5]")));
}

TEST(LearningCurve, RefusesAMarginOfNought) {
  EXPECT_THAT([] { assessed({}, 0.0); },
              ::testing::ThrowsMessage<model::InputError>(
                  HasSubstr("compare.equivalence_margin = 0: must lie in (0, 1)")));
}

// One part in a hundred thousand of the targets is no rounding, whatever their unit.
TEST(LearningCurve, TellsRoundingByTheTargetsSquare) {
  boost::random::mt19937_64 rng(11);
  auto measured = testing::draw_errors({.draws = 40, .theory_off = 0.5}, rng);
  EXPECT_EQ(assess_generalization(measured, {}).verdict.outcome, Outcome::disagree);
  constexpr double square = 1e-20;
  for (auto& draw : measured.draws) {
    for (double* error : {&draw.kernel.pool, &draw.kernel.unseen, &draw.predicted->error})
      *error *= square;
  }
  for (auto& network : measured.networks) {
    network.error.pool *= square;
    network.error.unseen *= square;
  }
  measured.target_square = square;
  EXPECT_EQ(assess_generalization(measured, {}).verdict.outcome, Outcome::disagree);
  // Beside targets of 1 they are rounding.
  measured.target_square = 1.0;
  EXPECT_NE(assess_generalization(measured, {}).verdict.outcome, Outcome::disagree);
}

TEST(LearningCurve, NamesAnOptionThatNoExperimentFileHasByItsOwnName) {
  GeneralizationOptions options;
  options.negligible_error = 1.0;
  EXPECT_THAT([&] { assess_generalization({}, options); },
              ::testing::ThrowsMessage<model::InputError>(
                  ::testing::StartsWith("negligible_error = 1: must lie in [0, 1)")));
}

}  // namespace
}  // namespace wideproof::compare
