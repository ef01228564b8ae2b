// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_verdict.hpp>

#include <gmock/gmock.h>

#include "invented_grid.hpp"

namespace wideproof::compare {
namespace {

using testing::grid;
using ::testing::HasSubstr;
using testing::InventedErrors;
using testing::learned;

TEST(SweepVerdict, DisagreesWhereOnePointDoesAndNamesIt) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0", "4"});
  EXPECT_EQ(sweep_verdict(sweep, {}, 0.01).outcome, Outcome::agree);
  sweep.points[2].verdict.outcome = Outcome::inconclusive;
  EXPECT_EQ(sweep_verdict(sweep, {}, 0.01).outcome, Outcome::inconclusive);
  sweep.points[1].verdict = {Outcome::disagree, 0.0025, 1e-5, {"The limit is wrong."}};
  const Verdict verdict = sweep_verdict(sweep, {}, 0.01);
  EXPECT_EQ(verdict.outcome, Outcome::disagree);
  EXPECT_NEAR(verdict.p_value, 4e-5, 1e-12);
  EXPECT_THAT(verdict.reasons[0],
              HasSubstr("1 of 4 points disagree: network.active_fraction = 0.1, "
                        "network.presynaptic.degree = 4. The first of them says: The limit"));
  EXPECT_EQ(sweep_verdict({}, {}, 0.01).outcome, Outcome::inconclusive);
}

TEST(SweepVerdict, SaysOfEachOpenPointWhatWouldDecideIt) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0", "4"});
  sweep.points[1].verdict = {
      Outcome::inconclusive, 0.0025, 0.5, {"a long reason"}, "more networks"};
  sweep.points[3].verdict = {Outcome::inconclusive, 0.0025, 0.5, {"the only reason"}};
  EXPECT_THAT(sweep_verdict(sweep, {}, 0.01).reasons,
              ::testing::ElementsAre("2 of 4 points are inconclusive",
                                     "at active_fraction = 0.1, degree = 4: more networks",
                                     "at active_fraction = 0.2, degree = 4: the only reason",
                                     "2 of 4 points agree"));
  sweep.keys = {"network.presynaptic.degree", "network.postsynaptic.degree"};
  EXPECT_THAT(sweep_verdict(sweep, {}, 0.01).reasons[1],
              HasSubstr("at network.presynaptic.degree = 0.1, network.postsynaptic.degree = 4:"));
  SweepResult many{{"network.depth"}, {}};
  for (int i = 0; i < 20; ++i) many.points.push_back({.values = {std::to_string(i)}});
  const auto reasons = sweep_verdict(many, {}, 0.01).reasons;
  EXPECT_THAT(reasons, ::testing::ElementsAre("20 of 20 points are inconclusive"));
  for (int i = 0; i < 20; ++i)
    many.points[static_cast<std::size_t>(i)].verdict.advice =
        std::string(1, "abcdefghijklmnopqrst"[i]);
  const auto different = sweep_verdict(many, {}, 0.01).reasons;
  ASSERT_EQ(different.size(), 1u + 12u + 1u);
  EXPECT_THAT(different.back(), HasSubstr("and at 8 more points"));
}

TEST(SweepVerdict, GathersPointsThatNeedTheSame) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0", "4"});
  for (std::size_t i = 0; i < 4; ++i) {
    Verdict& verdict = sweep.points[i].verdict;
    verdict.outcome = Outcome::inconclusive;
    verdict.advice = "about " + std::to_string(10 - 2 * i) + " times the replicates";
  }
  EXPECT_THAT(sweep_verdict(sweep, {}, 0.01).reasons,
              ::testing::ElementsAre("4 of 4 points are inconclusive",
                                     "at all 4 points: about 4 to 10 times the replicates"));
  sweep.points[2].verdict.advice = "leave it out";
  EXPECT_THAT(
      sweep_verdict(sweep, {}, 0.01).reasons,
      ::testing::ElementsAre(
          "4 of 4 points are inconclusive",
          "at 3 points (active_fraction = 0.1, degree = 0; active_fraction = 0.1, degree = 4; "
          "active_fraction = 0.2, degree = 4): about 4 to 10 times the replicates",
          "at active_fraction = 0.2, degree = 0: leave it out"));
}

TEST(SweepVerdict, SaysOfASmallPAtAnOpenPointThatItDoesNotCount) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0", "4"});
  sweep.points[1].verdict = {Outcome::inconclusive, 0.0025, 1e-5, {}, "more networks"};
  const Verdict verdict = sweep_verdict(sweep, {}, 0.01);
  EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
  EXPECT_NEAR(verdict.p_value, 4e-5, 1e-12);
  EXPECT_EQ(verdict.reasons[1],
            "at active_fraction = 0.1, degree = 4: more networks (its family-wise p = 4e-05 does "
            "not count for the verdict, as the point is open)");
  sweep.points[1].verdict.p_value = 0.0026;  // times 4 is above the error rate
  EXPECT_THAT(sweep_verdict(sweep, {}, 0.01).reasons[1],
              ::testing::EndsWith("degree = 4: more networks"));
}

TEST(SweepVerdict, LeavesOutPointsWithNothingToJudge) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0"});
  InventedErrors bare;
  bare.widths = {};
  bare.predicted = false;
  sweep.points[0] = learned({"0.1", "0"}, bare);
  EXPECT_FALSE(sweep.points[0].is_judged);
  EXPECT_EQ(outcome_of(sweep.points[0]), "measured");
  EXPECT_EQ(sweep_verdict(sweep, {}, 0.01).outcome, Outcome::agree);
  EXPECT_THAT(sweep_verdict(sweep, {}, 0.01).reasons.back(),
              HasSubstr("1 of 2 points were measured"));
  sweep.points.pop_back();
  EXPECT_EQ(sweep_verdict(sweep, {}, 0.01).outcome, Outcome::inconclusive);
}

Claim claim_of(Outcome outcome, double p) {
  Claim claim;
  claim.statement = "Sparser is better.";
  claim.outcome = outcome;
  claim.p_adjusted = p;
  return claim;
}

TEST(SweepVerdict, HearsTheClaims) {
  const SweepResult sweep = grid({"0.1", "0.2"}, {"0", "4"});
  EXPECT_EQ(sweep_verdict(sweep, {claim_of(Outcome::agree, 0.8)}, 0.01).outcome, Outcome::agree);
  const Verdict open = sweep_verdict(
      sweep, {claim_of(Outcome::agree, 0.8), claim_of(Outcome::inconclusive, 0.4)}, 0.01);
  EXPECT_EQ(open.outcome, Outcome::inconclusive);
  EXPECT_THAT(open.reasons, ::testing::Contains("claim \"Sparser is better.\": inconclusive"));
  EXPECT_EQ(open.reasons.back(), "1 of 2 claims about the sweep agree");
  const Verdict refuted = sweep_verdict(
      sweep, {claim_of(Outcome::disagree, 1e-4), claim_of(Outcome::inconclusive, 0.4)}, 0.01);
  EXPECT_EQ(refuted.outcome, Outcome::disagree);
  EXPECT_NEAR(refuted.p_value, 2e-4, 1e-12);
  EXPECT_EQ(refuted.family_error, 0.01);
}

TEST(SweepVerdict, IsThePointsWhereTheyDisagreeWhateverTheClaims) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0"});
  sweep.points[1].verdict = {Outcome::disagree, 0.0025, 1e-5, {}};
  const Verdict verdict = sweep_verdict(sweep, {claim_of(Outcome::agree, 0.8)}, 0.01);
  EXPECT_EQ(verdict.outcome, Outcome::disagree);
  EXPECT_NEAR(verdict.p_value, 2.0 * 2.0 * 1e-5, 1e-12);
}

TEST(SweepVerdict, IsLeftToTheClaimsWherePointsWereOnlyMeasured) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0"});
  for (SweepPoint& point : sweep.points) point.is_judged = false;
  EXPECT_EQ(sweep_verdict(sweep, {claim_of(Outcome::agree, 0.8)}, 0.01).outcome, Outcome::agree);
  EXPECT_EQ(sweep_verdict(sweep, {claim_of(Outcome::inconclusive, 0.8)}, 0.01).outcome,
            Outcome::inconclusive);
}

TEST(FamilyErrorOfASweep, IsHalvedByClaimsAndDividedAmongThePoints) {
  EXPECT_EQ(share_of_the_points(0.01, false), 0.01);
  EXPECT_EQ(share_of_the_points(0.01, true), 0.005);
  EXPECT_EQ(family_error_of_claims(0.01), 0.005);
  EXPECT_EQ(family_error_of_a_point(0.01, false, 20), 0.0005);
  EXPECT_EQ(family_error_of_a_point(0.01, true, 20), 0.00025);
}

}  // namespace
}  // namespace wideproof::compare
