// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_claims.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include "calibration.hpp"
#include "invented_claims.hpp"
#include "invented_overlap.hpp"
#include "invented_sweep.hpp"

namespace wideproof::compare {
namespace {

using testing::at;
using testing::best;
using ::testing::HasSubstr;
using testing::InventedSweep;
using testing::overlap_quantity;
using testing::overlaps;
using testing::ratio;
using testing::Tally;
using testing::value;

constexpr int trials = 2000;
constexpr double level = 0.05;

Claim judged(const InventedSweep& law, const SweepClaim& claim) {
  boost::random::mt19937_64 rng(1);
  return sweep_claims(testing::draw_sweep(law, rng), {claim}, 0.01).front();
}

Tally outcomes(const InventedSweep& law, const std::vector<SweepClaim>& claims,
               std::uint64_t seed) {
  boost::random::mt19937_64 rng(seed);
  Tally tally;
  for (int trial = 0; trial < trials; ++trial) {
    bool any = false;
    for (const Claim& claim : sweep_claims(testing::draw_sweep(law, rng), claims, level)) {
      tally.count("agree", claim.outcome == Outcome::agree);
      any = any || claim.outcome == Outcome::disagree;
    }
    tally.count("disagree", any);
  }
  tally.record();
  return tally;
}

TEST(SweepClaims, AgreeWithWhatIsTrue) {
  const InventedSweep law;
  EXPECT_EQ(judged(law, best("0.2")).outcome, Outcome::agree);
  EXPECT_EQ(judged(law, ratio(1.1, 1.3)).outcome, Outcome::agree);
  InventedSweep steady;
  steady.data_spread = 0.01;
  EXPECT_EQ(judged(steady, value(0.05, 0.1)).outcome, Outcome::agree);
}

TEST(SweepClaims, DisagreeWithWhatIsFalse) {
  InventedSweep law;
  law.data_spread = 0.01;
  const Claim wrong = judged(law, best("0.3"));
  EXPECT_EQ(wrong.outcome, Outcome::disagree);
  EXPECT_THAT(wrong.detail, HasSubstr("against it speaks network.active_fraction = 0.2"));
  EXPECT_NEAR(*wrong.measurement, 1.1, 0.05);
  EXPECT_EQ(judged(law, ratio(1.3, 1.4)).outcome, Outcome::disagree);
  EXPECT_EQ(judged(law, value(0.06, 0.05)).outcome, Outcome::disagree);
}

TEST(SweepClaims, CompareTheBestWithSomePointsOnly) {
  SweepClaim claim = best("0.3");
  claim.over = at("0.5");
  EXPECT_EQ(judged({}, claim).outcome, Outcome::agree);
  claim.over = at("0.2");
  EXPECT_EQ(judged({}, claim).outcome, Outcome::disagree);
  claim.over = at("0.3");
  EXPECT_THAT(judged({}, claim).obstacle, HasSubstr("no other point"));
}

TEST(SweepClaims, AreOpenWhereTheDrawsDoNotTell) {
  InventedSweep law;
  law.own_spread = 0.5;
  EXPECT_EQ(judged(law, best("0.2")).outcome, Outcome::inconclusive);
  EXPECT_EQ(judged(law, ratio(1.1, 1.3)).outcome, Outcome::inconclusive);
  EXPECT_EQ(judged(law, value(0.05, 0.1)).outcome, Outcome::inconclusive);
}

TEST(SweepClaims, NeedTwoDrawsUnlessExact) {
  InventedSweep law;
  law.draws = 1;
  SweepClaim claim = ratio(1.1, 1.3);
  const Claim open = judged(law, claim);
  EXPECT_EQ(open.outcome, Outcome::inconclusive);
  EXPECT_THAT(open.obstacle, HasSubstr("fewer than two draws"));
  EXPECT_NEAR(*open.measurement, 1.2, 0.05);
  claim.exact = true;
  EXPECT_EQ(judged(law, claim).outcome, Outcome::agree);
  claim.low = 1.25;
  EXPECT_EQ(judged(law, claim).outcome, Outcome::disagree);
}

TEST(SweepClaims, HaveBoundsOnOneSide) {
  SweepClaim claim = ratio(1.1, 0.0);
  claim.high.reset();
  EXPECT_EQ(judged({}, claim).outcome, Outcome::agree);
  claim.low = 1.3;
  EXPECT_EQ(judged({}, claim).outcome, Outcome::disagree);
}

TEST(SweepClaims, AreOpenWhereNothingWasMeasured) {
  SweepClaim claim = best("0.2");
  claim.training_points = 7;
  const Claim open = judged({}, claim);
  EXPECT_EQ(open.outcome, Outcome::inconclusive);
  EXPECT_THAT(open.obstacle, HasSubstr("there are no errors of {network.active_fraction = 0.2}"));
}

TEST(SweepClaims, SayWhatTheirIntervalIsOf) {
  EXPECT_EQ(judged({}, best("0.2")).measured, "ratio");
  EXPECT_EQ(judged({}, ratio(1.1, 1.3)).measured, "ratio");
  EXPECT_EQ(judged({}, value(0.05, 0.1)).measured, "error");
}

/// Overlaps of f · depth.
SweepClaim about_overlaps(SweepClaim::Kind kind, const std::string& f) {
  SweepClaim claim;
  claim.kind = kind;
  claim.at = {{"network.active_fraction", f}, {"network.depth", "1"}};
  claim.over = {{"network.active_fraction", "0.4"}, {"network.depth", "1"}};
  return claim;
}

TEST(SweepClaims, AreJudgedOfAnyQuantityInItsWords) {
  SweepClaim half = about_overlaps(SweepClaim::Kind::ratio, "0.2");
  half.low = 0.45;
  half.high = 0.55;
  SweepClaim wrong = about_overlaps(SweepClaim::Kind::value, "0.2");
  wrong.value = 0.5;
  const auto claims = sweep_claims(overlaps(), {half, wrong}, 0.01);
  EXPECT_EQ(claims[0].outcome, Outcome::agree);
  EXPECT_EQ(claims[0].where, "");
  EXPECT_EQ(claims[0].detail,
            "overlap 0.2 over 0.4, a ratio of 0.5, said to be 0.45 or more, 0.55 or less");
  EXPECT_EQ(claims[1].outcome, Outcome::disagree);
  EXPECT_EQ(claims[1].measured, "overlap");
  EXPECT_EQ(claims[1].detail, "overlap 0.2, said to be 0.5 to within 1%");
}

TEST(SweepClaims, CallTheLeastOfAnyQuantityTheBest) {
  SweepQuantity quantity = overlap_quantity();
  quantity.is_least_best = true;
  SweepClaim least = about_overlaps(SweepClaim::Kind::best, "0.1");
  least.over.clear();
  EXPECT_EQ(sweep_claims(overlaps(quantity), {least}, 0.01).front().outcome, Outcome::agree);
  least.at = {{"network.active_fraction", "0.2"}, {"network.depth", "1"}};
  const Claim refuted = sweep_claims(overlaps(quantity), {least}, 0.01).front();
  EXPECT_EQ(refuted.outcome, Outcome::disagree);
  EXPECT_THAT(refuted.detail, HasSubstr("against it speaks network.active_fraction = 0.1"));
}

TEST(SweepClaims, TestNoRatioOverANegativeNumber) {
  SweepQuantity quantity = overlap_quantity();
  quantity.is_least_best = true;
  SweepResult sweep = overlaps(quantity);
  for (double& draw : sweep.points[4].numbers[0].draws) draw = -draw;  // f = 0.4, depth 1
  SweepClaim half = about_overlaps(SweepClaim::Kind::ratio, "0.2");
  half.low = 0.45;
  SweepClaim least = about_overlaps(SweepClaim::Kind::best, "0.1");
  for (const Claim& claim : sweep_claims(sweep, {half, least}, 0.01)) {
    EXPECT_EQ(claim.outcome, Outcome::inconclusive);
    EXPECT_EQ(claim.obstacle, "an overlap is negative, and a ratio over it cannot be tested");
  }
}

TEST(SweepClaims, AreAboutTheQuantityThatTheyName) {
  SweepResult sweep = overlaps();
  SweepQuantity other = overlap_quantity();
  other.name = "other";
  const SharedQuantity shared = std::make_shared<const SweepQuantity>(other);
  for (SweepPoint& point : sweep.points)
    point.numbers.push_back({.quantity = shared, .draws = {3.0, 3.0, 3.0}});
  SweepClaim claim = about_overlaps(SweepClaim::Kind::value, "0.2");
  claim.value = 3.0;
  EXPECT_EQ(sweep_claims(sweep, {claim}, 0.01).front().outcome, Outcome::disagree);
  claim.quantity = "other";
  EXPECT_EQ(sweep_claims(sweep, {claim}, 0.01).front().outcome, Outcome::agree);
  claim.quantity = "third";
  EXPECT_THAT(sweep_claims(sweep, {claim}, 0.01).front().obstacle,
              HasSubstr("measures nothing of the kind"));
}

TEST(SweepClaims, NameAnyQuantityThatIsNotThere) {
  SweepResult sweep = overlaps();
  for (SweepNumber& number : sweep.points[2].numbers) number.draws.clear();
  SweepClaim claim = about_overlaps(SweepClaim::Kind::value, "0.2");
  claim.value = 0.4;
  EXPECT_EQ(sweep_claims(sweep, {claim}, 0.01).front().obstacle,
            "there are no overlaps of {network.active_fraction = 0.2, network.depth = 1}");
  for (SweepPoint& point : sweep.points)
    for (SweepNumber& number : point.numbers) number.draws.resize(1, 1.0);
  EXPECT_EQ(sweep_claims(sweep, {claim}, 0.01).front().obstacle,
            "fewer than two draws of data have both overlaps, or an overlap is zero");
}

TEST(SweepClaimsCalibration, CallTrueClaimsOnTheirBoundsWrongAtTheStatedRate) {
  // The other point is better by just the tolerance; ratio and value lie on a bound.
  InventedSweep law;
  law.means = {{0.05, 0.06}, {0.2, 0.05}, {0.3, 0.05 / 1.01}, {0.4, 0.05 / 1.01}};
  law.data_spread = 0.05;
  outcomes(law, {best("0.2"), ratio(1.2, 1.3), value(0.05 / 0.9, 0.1)}, 21)
      .expect_at_most("disagree", level);
}

TEST(SweepClaimsCalibration, CallAWorsePointBestAtTheStatedRate) {
  InventedSweep law;
  law.means = {{0.05, 0.06}, {0.2, 0.05}, {0.3, 0.05 / 1.01}};
  outcomes(law, {best("0.2")}, 22).expect_rate("agree", level);
}

TEST(SweepClaimsCalibration, CallARatioBeyondItsBoundTrueAtTheStatedRate) {
  outcomes({}, {ratio(1.2, 1.3)}, 23).expect_rate("agree", level);
}

TEST(SweepClaimsCalibration, SeeWhatIsTrue) {
  outcomes({}, {best("0.2"), ratio(1.1, 1.3)}, 24).expect_at_least("agree", 0.95);
}

TEST(SweepClaimsCalibration, SeeThatTheNextBestIsNotTheBest) {
  outcomes({}, {best("0.3")}, 25).expect_at_least("disagree", 0.95);
}

}  // namespace
}  // namespace wideproof::compare
