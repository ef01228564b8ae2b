// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_result.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include "invented.hpp"
#include "invented_grid.hpp"

namespace wideproof::compare {
namespace {

using testing::grid;
using ::testing::HasSubstr;
using testing::InventedErrors;
using testing::learned;

TEST(SweepResult, HoldsTheErrorsOfEveryDraw) {
  const SweepPoint point = learned({"0.1"}, {});
  EXPECT_EQ(point.numbers.size(), 3u * 5u);
  EXPECT_EQ(point.errors.at(128).at(0).size(), 5u);
  EXPECT_EQ(point.errors.at(512).at(4096).size(), 5u);
  EXPECT_NEAR(point.numbers[0].value, 1.0 / 128.0, 0.1 / 128.0);
  EXPECT_NEAR(point.numbers[0].predicted, 1.0 / 128.0, 0.1 / 128.0);
  EXPECT_EQ(point.numbers[0].width, 0);
}

TEST(SweepResult, PlacesErrorsByTheNumberOfTheDraw) {
  boost::random::mt19937_64 rng(1);
  model::GeneralizationMeasurement measured = testing::draw_errors({}, rng);
  const double second = measured.draws[1].kernel.pool;
  measured.draws.erase(measured.draws.begin());
  const SweepPoint point = sweep_point({}, assess_generalization(measured, {}), measured);
  EXPECT_TRUE(std::isnan(point.errors.at(128).at(0)[0]));
  EXPECT_EQ(point.errors.at(128).at(0)[1], second);
}

TEST(SweepResult, HoldsTheNormAndTheCorrelationOfTheLastLayer) {
  testing::Invented invented;
  invented.layers = 2;
  invented.limit = testing::equicorrelated(2, 0.5);
  const SweepPoint point =
      sweep_point({"3"}, assess(testing::truth(invented), testing::exact(invented), {}));
  ASSERT_EQ(point.numbers.size(), 2u);
  EXPECT_EQ(point.numbers[0].quantity, "norm");
  EXPECT_NEAR(point.numbers[0].value, 1.0, 1e-9);
  EXPECT_EQ(point.numbers[1].quantity, "correlation");
  EXPECT_NEAR(point.numbers[1].value, 0.5, 1e-9);
  EXPECT_NEAR(point.numbers[1].predicted, 0.5, 1e-9);
  EXPECT_LT(point.numbers[1].low, 0.5);
  EXPECT_TRUE(point.errors.empty());
}

TEST(SweepVerdict, DisagreesWhereOnePointDoesAndNamesIt) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0", "4"});
  EXPECT_EQ(sweep_verdict(sweep, 0.01).outcome, Outcome::agree);
  sweep.points[2].verdict.outcome = Outcome::inconclusive;
  EXPECT_EQ(sweep_verdict(sweep, 0.01).outcome, Outcome::inconclusive);
  sweep.points[1].verdict = {Outcome::disagree, 0.0025, 1e-5, {"The limit is wrong."}};
  const Verdict verdict = sweep_verdict(sweep, 0.01);
  EXPECT_EQ(verdict.outcome, Outcome::disagree);
  EXPECT_NEAR(verdict.p_value, 4e-5, 1e-12);
  EXPECT_THAT(verdict.reasons[0],
              HasSubstr("1 of 4 points disagree: network.active_fraction = 0.1, "
                        "network.presynaptic.degree = 4. The first of them says: The limit"));
  EXPECT_EQ(sweep_verdict({}, 0.01).outcome, Outcome::inconclusive);
}

TEST(SweepVerdict, LeavesOutPointsWithNothingToJudge) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0"});
  InventedErrors bare;
  bare.widths = {};
  bare.predicted = false;
  sweep.points[0] = learned({"0.1", "0"}, bare);
  EXPECT_FALSE(sweep.points[0].is_judged);
  EXPECT_EQ(outcome_of(sweep.points[0]), "measured");
  EXPECT_EQ(sweep_verdict(sweep, 0.01).outcome, Outcome::agree);
  EXPECT_THAT(sweep_verdict(sweep, 0.01).reasons.back(), HasSubstr("1 of 2 points were measured"));
  sweep.points.pop_back();
  EXPECT_EQ(sweep_verdict(sweep, 0.01).outcome, Outcome::inconclusive);
}

}  // namespace
}  // namespace wideproof::compare
