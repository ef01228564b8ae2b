// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/assessment.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include <wideproof/model/input_error.hpp>
#include "invented_training.hpp"

namespace wideproof::compare {
namespace {

using ::testing::Contains;
using testing::draw_training;
using ::testing::HasSubstr;
using testing::InventedTraining;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::truth_of;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

const Claim* claim_named(const TrainingAssessment& assessment, const std::string& name) {
  const auto found = std::find_if(assessment.claims.begin(), assessment.claims.end(),
                                  [&](const Claim& made) { return made.name == name; });
  return found == assessment.claims.end() ? nullptr : &*found;
}

/// A margin that so many networks can show.
TrainedOptions with_margin(double margin, bool is_centred = false) {
  TrainedOptions options;
  options.equivalence_margin = margin;
  options.target_scale = 0.7;
  options.is_centred = is_centred;
  return options;
}

void expect_presentable(const TrainingAssessment& assessment) {
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

// Two networks of one output at one input, 1 and 3: mean 2, deviation √2, standard error 1.
TEST(TrainingAssessment, TakesMeansByHand) {
  model::TrainingMeasurement measured{{5}, 1, 1, 1, {{64, {{{}}, {{}}}}}};
  for (std::size_t r = 0; r < 2; ++r) {
    auto& state = measured.widths[0].networks[r][0];
    state.outputs = Eigen::MatrixXd::Constant(1, 1, r == 0 ? 1.0 : 3.0);
    state.loss = r == 0 ? 0.5 : 1.5;
  }
  const auto assessment = assess_training(std::nullopt, measured, {});
  ASSERT_EQ(assessment.means.size(), 1u);
  const TrainedMeans& at = assessment.means.front();
  EXPECT_EQ(at.width, 64);
  EXPECT_EQ(at.step, 5);
  EXPECT_EQ(at.replicates, 2);
  EXPECT_DOUBLE_EQ(at.output_mean(0, 0), 2.0);
  EXPECT_DOUBLE_EQ(at.output_deviation(0, 0), std::sqrt(2.0));
  EXPECT_DOUBLE_EQ(at.output_standard_error(0, 0), 1.0);
  EXPECT_DOUBLE_EQ(at.loss.mean, 1.0);
  EXPECT_TRUE(std::isnan(at.test_loss.mean));
  EXPECT_TRUE(std::isnan(at.active_fraction.mean));
}

TEST(TrainingAssessment, AgreesWithTheTruthAndNotWithTwins) {
  InventedTraining law;
  law.networks = 400;
  const auto measured = draw_training(law, 1);
  const TrainedOptions options = with_margin(0.5);
  const auto truth = assess_training(truth_of(law), measured, options);
  EXPECT_EQ(truth.verdict.outcome, Outcome::agree);
  EXPECT_TRUE(truth.is_judged());
  expect_presentable(truth);

  auto shifted = truth_of(law);
  for (auto& at : shifted.descent) at.mean *= 1.15;
  const auto of_mean = assess_training(shifted, measured, options);
  EXPECT_EQ(of_mean.verdict.outcome, Outcome::disagree);
  expect_presentable(of_mean);

  auto wide = truth_of(law);
  for (auto& at : wide.descent) at.covariance *= 1.3;
  const auto of_variance = assess_training(wide, measured, options);
  EXPECT_EQ(of_variance.verdict.outcome, Outcome::disagree);
  EXPECT_THAT(claim_named(of_variance, "outputs")->where, HasSubstr("spread"));

  auto uncorrelated = truth_of(law);
  for (auto& at : uncorrelated.descent)
    at.covariance = Eigen::MatrixXd(at.covariance.diagonal().asDiagonal());
  const auto of_covariance = assess_training(uncorrelated, measured, options);
  EXPECT_EQ(of_covariance.verdict.outcome, Outcome::disagree);
  EXPECT_THAT(claim_named(of_covariance, "outputs")->where, HasSubstr("covariance"));

  // Each input's variance is right, but more of them move together than is true.
  InventedTraining smooth = law;
  smooth.length = 3.0;
  auto too_smooth = truth_of(law);
  for (std::size_t step = 0; step < too_smooth.descent.size(); ++step) {
    const Eigen::VectorXd wanted = too_smooth.descent[step].covariance.diagonal().cwiseSqrt();
    const Eigen::MatrixXd given = truth_of(smooth).descent[step].covariance;
    const Eigen::VectorXd scale = wanted.cwiseQuotient(given.diagonal().cwiseSqrt());
    too_smooth.descent[step].covariance = scale.asDiagonal() * given * scale.asDiagonal();
  }
  EXPECT_EQ(assess_training(too_smooth, measured, options).verdict.outcome, Outcome::disagree);
}

TEST(TrainingAssessment, NamesStepOutputAndInput) {
  InventedTraining law;
  law.is_centred = true;
  const auto measured = draw_training(law, 2);
  auto wrong = truth_of(law);
  wrong.descent[2].mean(1, 7) += 0.5;
  const auto assessment = assess_training(wrong, measured, with_margin(0.1, true));
  EXPECT_EQ(assessment.verdict.outcome, Outcome::disagree);
  EXPECT_EQ(claim_named(assessment, "outputs")->where, "step 30, output 2, test input 2");
}

TEST(TrainingAssessment, MeasuresHowCentredNetworksSpread) {
  InventedTraining law;
  law.is_centred = true;
  law.networks = 200;
  const auto measured = draw_training(law, 3);
  const auto right = assess_training(truth_of(law), measured, with_margin(0.1, true));
  const Claim* exponent = claim_named(right, "spread-exponent");
  ASSERT_NE(exponent, nullptr);
  EXPECT_EQ(exponent->outcome, Outcome::agree);
  EXPECT_LT(*exponent->low, -0.5);
  EXPECT_GT(*exponent->high, -0.5);
  EXPECT_EQ(exponent->where, "step 100");
  expect_presentable(right);
  for (const TrainedNumber& number : right.numbers) {
    EXPECT_EQ(number.quantity, TrainedQuantity::mean);
    EXPECT_GT(number.step, 0u);
  }
  // Networks whose spread stays.
  auto frozen = measured;
  for (auto& at : frozen.widths)
    for (auto& network : at.networks)
      for (std::size_t step = 1; step < network.size(); ++step) {
        const Eigen::MatrixXd mean = truth_of(law).descent[step].mean;
        network[step].outputs =
            mean + (network[step].outputs - mean) * std::sqrt(static_cast<double>(at.width) / 64.0);
      }
  const auto wrong = assess_training(truth_of(law), frozen, with_margin(0.1, true));
  EXPECT_EQ(claim_named(wrong, "spread-exponent")->outcome, Outcome::disagree);
}

TEST(TrainingAssessment, MeasuresTheDriftOfTheTangentKernel) {
  const InventedTraining law;
  const auto measured = draw_training(law, 4);
  const auto assessment = assess_training(truth_of(law), measured, with_margin(0.5));
  ASSERT_TRUE(assessment.drift_exponent);
  EXPECT_LT(assessment.drift_exponent->low, -0.5);
  EXPECT_GT(assessment.drift_exponent->high, -0.5);
  EXPECT_EQ(claim_named(assessment, "spread-exponent"), nullptr);
  auto without = measured;
  without.widths[1].networks[3].back().tangent_drift = nan;
  EXPECT_FALSE(assess_training(truth_of(law), without, with_margin(0.5)).drift_exponent);
  without = measured;
  for (auto& at : without.widths)
    for (auto& network : at.networks) network.back().tangent_drift = 0.0;
  EXPECT_FALSE(assess_training(truth_of(law), without, with_margin(0.5)).drift_exponent);
}

TEST(TrainingAssessment, MeasuresWithoutALimit) {
  const InventedTraining law;
  auto prediction = truth_of(law);
  prediction.descent.clear();
  prediction.flow.clear();
  for (const auto& given : {std::optional<model::TrainingPrediction>(),
                            std::optional<model::TrainingPrediction>(prediction)}) {
    const auto assessment = assess_training(given, draw_training(law, 5), with_margin(0.5));
    EXPECT_FALSE(assessment.is_judged());
    EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
    EXPECT_THAT(assessment.verdict.reasons.front(), HasSubstr("no prediction"));
    EXPECT_THAT(assessment.claims, IsEmpty());
    EXPECT_TRUE(assessment.found.limits);
  }
}

TEST(TrainingAssessment, FewWidthsOrNetworksDoNotConvict) {
  InventedTraining law;
  auto wrong = truth_of(law);
  for (auto& at : wrong.descent) at.mean.array() += 3.0;
  law.widths = {64, 256, 1024};
  const auto few_widths = assess_training(wrong, draw_training(law, 6), with_margin(0.5));
  EXPECT_EQ(few_widths.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(claim_named(few_widths, "limit")->obstacle, HasSubstr("fewer than four widths"));
  law = InventedTraining();
  law.networks = fewest_networks - 1;
  const auto few = assess_training(wrong, draw_training(law, 6), with_margin(0.5));
  EXPECT_NE(few.verdict.outcome, Outcome::disagree);
  expect_presentable(few);
}

TEST(TrainingAssessment, OneWidthIsJudgedByItsMeans) {
  InventedTraining law;
  law.widths = {4096};
  law.networks = 400;
  const auto near = assess_training(truth_of(law), draw_training(law, 7), with_margin(0.3));
  EXPECT_EQ(near.verdict.outcome, Outcome::agree);
  ASSERT_EQ(near.claims.size(), 1u);
  EXPECT_EQ(near.claims.front().name, "equivalence");
  EXPECT_FALSE(near.drift_exponent);
  auto wrong = truth_of(law);
  for (auto& at : wrong.descent) at.mean.array() += 3.0;
  const auto far = assess_training(wrong, draw_training(law, 7), with_margin(0.3));
  EXPECT_EQ(far.verdict.outcome, Outcome::inconclusive);
  expect_presentable(far);
}

TEST(TrainingAssessment, SaysHowManyNetworksWouldDecide) {
  const InventedTraining law;
  const auto assessment = assess_training(truth_of(law), draw_training(law, 8), with_margin(0.2));
  ASSERT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.verdict.advice, HasSubstr("times the replicates"));
  expect_presentable(assessment);
}

TEST(TrainingAssessment, NamesWidthAndStepOfWhatDiverged) {
  const InventedTraining law;
  for (const double bad : {nan, std::numeric_limits<double>::infinity()}) {
    auto measured = draw_training(law, 9);
    measured.widths[1].networks[4][2].outputs(0, 3) = bad;
    const auto assessment = assess_training(truth_of(law), measured, with_margin(0.5));
    EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
    EXPECT_THAT(assessment.verdict.reasons.front(), HasSubstr("width 128, step 30: outputs"));
    EXPECT_THAT(assessment.claims, IsEmpty());
    EXPECT_TRUE(std::isnan(assessment.at(1, 2).output_mean(0, 3)));
    EXPECT_TRUE(std::isfinite(assessment.at(1, 2).output_mean(0, 2)));
  }
}

TEST(TrainingAssessment, BearsOutputsThatWereNotKept) {
  const InventedTraining law;
  auto measured = draw_training(law, 10);
  for (auto& at : measured.widths)
    for (auto& network : at.networks)
      for (auto& state : network) state.outputs.resize(0, 0);
  const auto assessment = assess_training(truth_of(law), measured, with_margin(0.5));
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.verdict.reasons.front(), HasSubstr("not kept"));
  EXPECT_TRUE(std::isfinite(assessment.at(0, 0).loss.mean));
  EXPECT_EQ(assessment.at(0, 0).output_mean.size(), 0);
}

TEST(TrainingAssessment, BearsOneNetworkAndNone) {
  InventedTraining law;
  law.networks = 1;
  const auto one = assess_training(truth_of(law), draw_training(law, 11), with_margin(0.5));
  EXPECT_THAT(one.verdict.reasons.front(), HasSubstr("two or more"));
  EXPECT_TRUE(std::isfinite(one.at(0, 0).output_mean(0, 0)));
  EXPECT_TRUE(std::isnan(one.at(0, 0).output_standard_error(0, 0)));
  EXPECT_EQ(assess_training(std::nullopt, {}, with_margin(0.5)).verdict.reasons.front(),
            "nothing was measured");
  law.networks = 2;
  for (const bool is_centred : {false, true}) {
    law.is_centred = is_centred;
    const auto two =
        assess_training(truth_of(law), draw_training(law, 12), with_margin(0.5, is_centred));
    EXPECT_NE(two.verdict.outcome, Outcome::disagree);
    expect_presentable(two);
  }
}

// Networks that all show the same agree with what they show, and with nothing else.
TEST(TrainingAssessment, BearsNetworksThatDoNotDiffer) {
  InventedTraining law;
  law.is_centred = true;
  law.first = 0.0;
  law.fluctuation = 0.0;
  const auto measured = draw_training(law, 13);
  const auto same = assess_training(truth_of(law), measured, with_margin(0.1, true));
  EXPECT_EQ(same.verdict.outcome, Outcome::agree);
  expect_presentable(same);
  EXPECT_FALSE(same.deviation_exponent);
  EXPECT_EQ(claim_named(same, "limit")->exactness, "all but the same in every network");
  auto wrong = truth_of(law);
  wrong.descent.back().mean(0, 0) += 0.2;
  const auto twin = assess_training(wrong, measured, with_margin(0.1, true));
  EXPECT_EQ(twin.verdict.outcome, Outcome::disagree);
  expect_presentable(twin);
}

TEST(TrainingAssessment, BearsTargetsOfZeroAndOnePoint) {
  InventedTraining law;
  law.training_points = 1;
  law.test_points = 0;
  law.outputs = 1;
  law.networks = 400;
  TrainedOptions options = with_margin(0.5);
  options.target_scale = 0.0;
  const auto one = assess_training(truth_of(law), draw_training(law, 14), options);
  EXPECT_NE(one.verdict.outcome, Outcome::disagree);
  EXPECT_GT(one.target_scale, 0.0);
  expect_presentable(one);
  // Everything is 0, and predicted to be.
  law.is_centred = true;
  auto measured = draw_training(law, 14);
  auto zero = truth_of(law);
  for (auto& at : zero.descent) at.mean.setZero();
  for (auto& at : measured.widths)
    for (auto& network : at.networks)
      for (auto& state : network) state.outputs.setZero();
  options.is_centred = true;
  const auto nothing = assess_training(zero, measured, options);
  EXPECT_EQ(nothing.target_scale, 1.0);
  EXPECT_EQ(nothing.verdict.outcome, Outcome::agree);
  expect_presentable(nothing);
}

// C·N·steps of several thousands: the joint test takes some of them.
TEST(TrainingAssessment, BearsManyPoints) {
  InventedTraining law;
  law.training_points = 60;
  law.test_points = 60;
  law.outputs = 3;
  law.networks = 40;
  law.steps = {0, 1, 2, 4, 8, 16, 32, 64};
  const auto assessment = assess_training(truth_of(law), draw_training(law, 15), with_margin(0.5));
  EXPECT_NE(assessment.verdict.outcome, Outcome::disagree);
  EXPECT_GE(assessment.numbers.size(), 8u * 3u * 120u);
  EXPECT_LE(assessment.found.limits->joint_numbers.size(),
            TrainedNumbers::most_joint_steps * (TrainedNumbers::most_joint_points + 3));
  expect_presentable(assessment);
}

TEST(TrainingAssessment, RefusesWhatDoesNotFit) {
  const InventedTraining law;
  const auto measured = draw_training(law, 16);
  auto short_one = truth_of(law);
  short_one.descent.pop_back();
  EXPECT_THROW(assess_training(short_one, measured, {}), model::InputError);
  auto narrow = truth_of(law);
  narrow.descent[1].mean.resize(1, 10);
  EXPECT_THROW(assess_training(narrow, measured, {}), model::InputError);
  auto no_covariance = truth_of(law);
  no_covariance.flow[1].covariance.resize(0, 0);
  EXPECT_THROW(assess_training(no_covariance, measured, {}), model::InputError);
  auto uneven = measured;
  uneven.widths[1].networks[2].pop_back();
  EXPECT_THROW(assess_training(truth_of(law), uneven, {}), model::InputError);
  for (const double margin : {0.0, 1.5, nan})
    EXPECT_THROW(assess_training(truth_of(law), measured, with_margin(margin)), model::InputError);
  EXPECT_NO_THROW(assess_training(truth_of(law), measured, with_margin(1.0)));
}

}  // namespace
}  // namespace wideproof::compare
