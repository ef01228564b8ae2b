// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/assessment.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include <wideproof/compare/dimension/claims.hpp>
#include <wideproof/model/input_error.hpp>
#include "error_rates.hpp"
#include "invented_networks.hpp"

namespace wideproof::compare {
namespace {

using ::testing::Contains;
using testing::draw_dimensions;
using ::testing::HasSubstr;
using testing::InventedNetworks;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::orthogonal_networks;
using testing::predicted_off_by;
using testing::truth_of;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double rounding = 1e-12;

const Claim* claim_named(const DimensionAssessment& assessment, const std::string& name) {
  const auto found = std::find_if(assessment.claims.begin(), assessment.claims.end(),
                                  [&](const Claim& made) { return made.name == name; });
  return found == assessment.claims.end() ? nullptr : &*found;
}

DimensionOptions with_power(double power) {
  DimensionOptions options;
  options.power = power;
  return options;
}

/// What follows of whatever a run comes to: nothing that is shown is NaN but for what has no value.
void expect_presentable(const DimensionAssessment& assessment) {
  for (const Claim& made : assessment.claims) {
    EXPECT_TRUE(std::isfinite(made.prediction.value_or(0.0))) << made.name;
    EXPECT_TRUE(std::isfinite(made.measurement.value_or(0.0))) << made.name;
    EXPECT_FALSE(made.p_value && std::isnan(*made.p_value)) << made.name;
    EXPECT_THAT(made.where, Not(IsEmpty())) << made.name;
  }
  for (const std::string& reason : assessment.verdict.reasons) {
    EXPECT_THAT(reason, Not(HasSubstr("nan"))) << reason;
    EXPECT_THAT(reason, Not(HasSubstr("inf"))) << reason;
  }
  EXPECT_THAT(assessment.verdict.reasons, Not(IsEmpty()));
}

// Two networks with 1/D̃ of 2 and 4: mean 3, its standard error 1, so D̃ = 1/3 ± 1/9.
TEST(DimensionAssessment, TakesTheMeanOfTheInverseByHand) {
  Eigen::MatrixXd inverse(2, 1), strength(2, 1);
  inverse << 2.0, 4.0;
  strength << 0.1, 0.3;
  const auto assessment = assess_dimension(std::nullopt, {{100, inverse, strength}}, {});
  ASSERT_EQ(assessment.widths.size(), 1u);
  const WidthDimension& at = assessment.widths.front();
  EXPECT_EQ(at.replicates, 2);
  EXPECT_NEAR(at.dimensionality.mean, 1.0 / 3.0, rounding);
  EXPECT_NEAR(at.dimensionality.standard_error, 1.0 / 9.0, rounding);
  EXPECT_NEAR(at.correlation_strength.mean, 0.2, rounding);
  EXPECT_NEAR(at.correlation_strength.standard_error, 0.1, rounding);
}

// Means without noise that follow a series of either power end at its limit.
TEST(DimensionAssessment, ExtrapolatesInThePowerThatIsGiven) {
  for (const double power : {1.0, 0.5}) {
    InventedNetworks law;
    law.power = power;
    law.first = 3.0;
    law.second = 2.0;
    law.spread = 1e-9;
    const auto assessment =
        assess_dimension(truth_of(law), draw_dimensions(law, 1), with_power(power));
    ASSERT_TRUE(assessment.limits);
    for (const DimensionEstimate& at : assessment.estimates)
      EXPECT_NEAR(at.value / at.number.predicted, 1.0, 1e-5) << power;
    // The last layer's 1/D̃ is y (1 + 3x + 2x²), x = 1/256^p at the narrowest width.
    const auto* last = assessment.estimate(DimensionQuantity::dimensionality, law.depth() - 1);
    const double x = std::pow(256.0, -power);
    const double y = 1.0 / law.dimensionalities.back();
    EXPECT_NEAR(last->series[0], last->value, rounding * y) << power;
    EXPECT_NEAR(last->series[1], 3.0 * x * y, 1e-3 * y) << power;
    EXPECT_EQ(assessment.limits->order(), 2) << power;
  }
}

TEST(DimensionAssessment, AgreesWithTheTruthAndNotWithATwin) {
  const InventedNetworks law;
  const auto measured = draw_dimensions(law, 2);
  const auto truth = assess_dimension(truth_of(law), measured, {});
  EXPECT_EQ(truth.verdict.outcome, Outcome::agree);
  expect_presentable(truth);
  const auto twin = assess_dimension(predicted_off_by(law, 1.1), measured, {});
  EXPECT_EQ(twin.verdict.outcome, Outcome::disagree);
  expect_presentable(twin);
  const Claim* limit = claim_named(twin, "limit");
  ASSERT_NE(limit, nullptr);
  EXPECT_EQ(limit->outcome, Outcome::disagree);
  EXPECT_TRUE(*limit->low > *limit->prediction || *limit->high < *limit->prediction);
}

TEST(DimensionAssessment, NamesTheLayerAndTheQuantityThatIsOff) {
  const InventedNetworks law;
  auto wrong = truth_of(law);
  wrong.layers[2].correlation_strength *= 1.2;
  const auto assessment = assess_dimension(wrong, draw_dimensions(law, 3), {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::disagree);
  EXPECT_EQ(claim_named(assessment, "layers")->where, "layer 3, NΣ");
}

TEST(DimensionAssessment, MeasuresTheExponentOfTheBias) {
  InventedNetworks law = testing::with_correlated_synapses();
  law.networks = 400;
  const auto measured = draw_dimensions(law, 4);
  const auto right = assess_dimension(truth_of(law), measured, with_power(0.5));
  const Claim* exponent = claim_named(right, "bias-exponent");
  ASSERT_NE(exponent, nullptr);
  EXPECT_EQ(*exponent->prediction, -0.5);
  EXPECT_EQ(exponent->outcome, Outcome::agree);
  EXPECT_LT(*exponent->low, -0.5);
  EXPECT_GT(*exponent->high, -0.5);
  // One that falls as 1/√N is told from a series in 1/N.
  const auto wrong = assess_dimension(truth_of(law), measured, with_power(1.0));
  ASSERT_NE(claim_named(wrong, "bias-exponent"), nullptr);
  EXPECT_LT(*claim_named(wrong, "bias-exponent")->p_unguarded, 0.01);
  EXPECT_NE(wrong.verdict.outcome, Outcome::agree);
}

TEST(DimensionAssessment, MeasuresWithoutAPrediction) {
  const InventedNetworks law;
  const auto assessment = assess_dimension(std::nullopt, draw_dimensions(law, 6), {});
  EXPECT_FALSE(assessment.is_judged());
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.verdict.reasons.front(), HasSubstr("no prediction"));
  EXPECT_THAT(assessment.claims, IsEmpty());
  EXPECT_THAT(assessment.convergence, IsEmpty());
  ASSERT_TRUE(assessment.limits);
  const auto* last = assessment.estimate(DimensionQuantity::dimensionality, law.depth() - 1);
  ASSERT_NE(last, nullptr);
  // A false alarm of the test: 1e-6.
  const Interval interval = last->interval(1.0 - testing::false_alarm);
  EXPECT_LT(interval.low, 1.0 / law.dimensionalities.back());
  EXPECT_GT(interval.high, 1.0 / law.dimensionalities.back());
}

TEST(DimensionAssessment, SaysThatMeansFollowNoSeries) {
  InventedNetworks law;
  law.power = 0.1;
  law.first = 3.0;
  law.spread = 0.2;
  const auto unjudged = assess_dimension(std::nullopt, draw_dimensions(law, 7), {});
  EXPECT_THAT(unjudged.verdict.reasons, Contains(HasSubstr("do not follow a series in 1/N")));
  const auto judged = assess_dimension(truth_of(law), draw_dimensions(law, 7), {});
  EXPECT_EQ(judged.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(judged.verdict.reasons, Contains(HasSubstr("do not follow a series")));
  EXPECT_THAT(judged.verdict.advice, HasSubstr("such as 8,192"));
}

TEST(DimensionAssessment, FewWidthsDoNotConvict) {
  InventedNetworks law;
  law.widths = {256, 1024, 4096};
  const auto assessment = assess_dimension(predicted_off_by(law, 1.5), draw_dimensions(law, 8), {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(claim_named(assessment, "limit")->obstacle, HasSubstr("fewer than four widths"));
  EXPECT_THAT(claim_named(assessment, "layers")->obstacle, HasSubstr("fewer than four widths"));
  expect_presentable(assessment);
}

TEST(DimensionAssessment, FewNetworksDoNotConvict) {
  InventedNetworks law;
  law.networks = fewest_networks - 1;
  const auto few = assess_dimension(predicted_off_by(law, 2.0), draw_dimensions(law, 9), {});
  EXPECT_EQ(few.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(claim_named(few, "limit")->obstacle, HasSubstr("fewer than 10 networks"));
  law.networks = fewest_networks;
  EXPECT_EQ(
      assess_dimension(predicted_off_by(law, 2.0), draw_dimensions(law, 9), {}).verdict.outcome,
      Outcome::disagree);
}

TEST(DimensionAssessment, OneWidthIsJudgedByItsMeans) {
  InventedNetworks law;
  law.widths = {4096};
  law.networks = 200;
  const auto near = assess_dimension(truth_of(law), draw_dimensions(law, 10), {});
  EXPECT_EQ(near.verdict.outcome, Outcome::agree);
  EXPECT_FALSE(near.limits);
  ASSERT_EQ(near.claims.size(), 1u);
  EXPECT_EQ(near.claims.front().name, "equivalence");
  const auto far = assess_dimension(predicted_off_by(law, 2.0), draw_dimensions(law, 10), {});
  EXPECT_EQ(far.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(far.verdict.advice, HasSubstr("four widths"));
  expect_presentable(far);
}

TEST(DimensionAssessment, SaysHowManyNetworksWouldDecide) {
  InventedNetworks law;
  law.networks = 12;
  const auto assessment = assess_dimension(truth_of(law), draw_dimensions(law, 11), {});
  ASSERT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.verdict.advice, HasSubstr("times the replicates"));
  expect_presentable(assessment);
}

TEST(DimensionAssessment, ExactNumbersAreExact) {
  model::DimensionPrediction exact;
  exact.layers.assign(3, {1.0, 0.0, 0.35});
  const auto assessment = assess_dimension(exact, orthogonal_networks(), {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::agree);
  expect_presentable(assessment);
  for (const DimensionEstimate& at : assessment.estimates) EXPECT_TRUE(at.is_exact);
  EXPECT_EQ(claim_named(assessment, "limit")->exactness, "the same in every network");
  EXPECT_EQ(claim_named(assessment, "bias-exponent"), nullptr);
  auto wrong = exact;
  wrong.layers[1].dimensionality = 0.99;
  EXPECT_EQ(assess_dimension(wrong, orthogonal_networks(), {}).verdict.outcome, Outcome::disagree);
}

// K unknown, NΣ predicted to be 0: it has no unit, and D̃ speaks for it.
TEST(DimensionAssessment, LeavesOutAStrengthWithoutAUnit) {
  model::DimensionPrediction exact;
  exact.layers.assign(3, {1.0, 0.0});
  const auto assessment = assess_dimension(exact, orthogonal_networks(), {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::agree);
  expect_presentable(assessment);
  for (const DimensionEstimate& at : assessment.estimates)
    EXPECT_EQ(at.number.is_judged, at.number.quantity == DimensionQuantity::dimensionality);
}

// Products of rounding are positive in every network: with a unit for NΣ they are nothing.
TEST(DimensionAssessment, TakesRoundingForNothing) {
  auto measured = orthogonal_networks();
  for (model::WidthDimensions& at : measured) {
    at.correlation_strength.setConstant(1e-12);
    at.correlation_strength(0, 0) = 2e-12;
    at.inverse_dimensionality.array() += 1e-11;
  }
  model::DimensionPrediction exact;
  exact.layers.assign(3, {1.0, 0.0, 0.35});
  EXPECT_EQ(assess_dimension(exact, measured, {}).verdict.outcome, Outcome::agree);
}

TEST(DimensionAssessment, JudgesDataOfAFixedDimensionByOneNumber) {
  InventedNetworks law;
  law.dimensionalities = {12.0, 7.5, 5.0};
  law.has_strengths = false;
  auto prediction = truth_of(law);
  for (auto& at : prediction.layers) at.correlation_strength = nan;
  const auto assessment = assess_dimension(prediction, draw_dimensions(law, 12), {});
  EXPECT_TRUE(assessment.is_of_fixed_dimension);
  EXPECT_EQ(assessment.verdict.outcome, Outcome::agree);
  EXPECT_EQ(assessment.estimates.size(), 3u);
  EXPECT_THAT(claim_named(assessment, "layers")->where, HasSubstr("N D̃"));
  expect_presentable(assessment);
}

TEST(DimensionAssessment, NamesWidthAndLayerOfWhatIsNotFinite) {
  const InventedNetworks law;
  for (const double bad : {nan, std::numeric_limits<double>::infinity()}) {
    auto measured = draw_dimensions(law, 13);
    measured[1].inverse_dimensionality(3, 4) = bad;
    const auto assessment = assess_dimension(truth_of(law), measured, {});
    EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
    EXPECT_THAT(assessment.verdict.reasons.front(), HasSubstr("width 512, layer 5: D̃"));
    EXPECT_THAT(assessment.claims, IsEmpty());
    EXPECT_TRUE(std::isnan(assessment.widths[8 + 4].dimensionality.mean));
    EXPECT_TRUE(std::isfinite(assessment.widths[8 + 3].dimensionality.mean));
  }
  auto measured = draw_dimensions(law, 13);
  measured[2].correlation_strength(0, 0) = nan;
  EXPECT_THAT(assess_dimension(truth_of(law), measured, {}).verdict.reasons.front(),
              HasSubstr("width 1024, layer 1: NΣ"));
}

TEST(DimensionAssessment, HasNoDimensionOfAMeanThatIsNotPositive) {
  const InventedNetworks law;
  auto measured = draw_dimensions(law, 14);
  measured[0].inverse_dimensionality.col(2).setConstant(-1.0);
  const auto assessment = assess_dimension(truth_of(law), measured, {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.verdict.reasons.front(), HasSubstr("width 256, layer 3"));
  EXPECT_TRUE(std::isnan(assessment.widths[2].dimensionality.mean));
}

// 1/D̃ falls so fast from width to width that a line ends below 0.
TEST(DimensionAssessment, DoesNotConvictByALimitWithoutADimension) {
  model::DimensionMeasurement measured;
  boost::random::mt19937_64 rng(15);
  boost::random::normal_distribution<double> normal;
  for (const double width : {256.0, 512.0, 1024.0, 2048.0}) {
    Eigen::MatrixXd inverse(20, 1);
    for (Eigen::Index r = 0; r < 20; ++r) inverse(r, 0) = 2000.0 / width - 0.5 + 0.01 * normal(rng);
    measured.push_back({static_cast<std::int64_t>(width), inverse, Eigen::MatrixXd(20, 0)});
  }
  model::DimensionPrediction prediction;
  prediction.layers = {{0.5, nan}};
  const auto assessment = assess_dimension(prediction, measured, {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.verdict.reasons.front(), HasSubstr("to which no D̃ belongs"));
  EXPECT_THAT(assessment.claims, IsEmpty());
}

TEST(DimensionAssessment, OneNetworkTestsNothing) {
  InventedNetworks law;
  law.networks = 1;
  const auto assessment = assess_dimension(truth_of(law), draw_dimensions(law, 16), {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.verdict.reasons.front(), HasSubstr("two or more"));
  EXPECT_TRUE(std::isfinite(assessment.widths.front().dimensionality.mean));
  EXPECT_TRUE(std::isnan(assessment.widths.front().dimensionality.standard_error));
}

TEST(DimensionAssessment, TwoNetworksOfOneLayerArePresentable) {
  InventedNetworks law;
  law.networks = 2;
  law.dimensionalities = {0.5};
  for (const std::vector<std::int64_t>& widths :
       {std::vector<std::int64_t>{256}, {256, 512}, {256, 512, 1024, 2048}}) {
    law.widths = widths;
    for (const double power : {0.5, 1.0}) {
      const auto assessment =
          assess_dimension(truth_of(law), draw_dimensions(law, 17), with_power(power));
      EXPECT_NE(assessment.verdict.outcome, Outcome::disagree);
      expect_presentable(assessment);
    }
  }
}

TEST(DimensionAssessment, APredictionOfZeroIsNotJudged) {
  const InventedNetworks law;
  auto prediction = truth_of(law);
  prediction.layers[1].dimensionality = 0.0;
  const auto assessment = assess_dimension(prediction, draw_dimensions(law, 18), {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.verdict.reasons.front(), HasSubstr("layer 2: the predicted D̃ is 0"));
}

TEST(DimensionAssessment, BearsDeepNetworks) {
  InventedNetworks law;
  law.dimensionalities.assign(500, 0.3);
  const auto assessment = assess_dimension(truth_of(law), draw_dimensions(law, 19), {});
  EXPECT_NE(assessment.verdict.outcome, Outcome::disagree);
  EXPECT_EQ(assessment.estimates.size(), 1000u);
  EXPECT_THAT(claim_named(assessment, "limit")->statement, HasSubstr("20 layers"));
  expect_presentable(assessment);
}

// Squares of such numbers are no doubles: nothing is concluded from them.
TEST(DimensionAssessment, ConcludesNothingWhereSquaresOverflow) {
  InventedNetworks law;
  for (const double square : {1e200, 1e-200}) {
    law.square_of_variance = square;
    const auto measured = draw_dimensions(law, 21);
    EXPECT_EQ(assess_dimension(truth_of(law), measured, {}).verdict.outcome, Outcome::inconclusive);
    const auto twin = assess_dimension(predicted_off_by(law, 2.0), measured, {});
    EXPECT_NE(twin.verdict.outcome, Outcome::agree);
  }
}

TEST(DimensionAssessment, RefusesWhatDoesNotFit) {
  const InventedNetworks law;
  const auto measured = draw_dimensions(law, 20);
  auto shallow = truth_of(law);
  shallow.layers.pop_back();
  EXPECT_THROW(assess_dimension(shallow, measured, {}), model::InputError);
  auto uneven = measured;
  uneven[1].correlation_strength.resize(50, 3);
  EXPECT_THROW(assess_dimension(truth_of(law), uneven, {}), model::InputError);
  for (const double wrong : {0.0, 0.6, nan}) {
    DimensionOptions options;
    options.family_error = wrong;
    EXPECT_THROW(assess_dimension(truth_of(law), measured, options), model::InputError);
  }
  EXPECT_THROW(assess_dimension(truth_of(law), measured, with_power(0.0)), model::InputError);
  EXPECT_EQ(assess_dimension(truth_of(law), {}, {}).verdict.reasons.front(),
            "nothing was measured");
}

}  // namespace
}  // namespace wideproof::compare
