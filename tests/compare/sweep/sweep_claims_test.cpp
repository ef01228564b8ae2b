// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_claims.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include <wideproof/model/input_error.hpp>
#include "calibration.hpp"
#include "invented_sweep.hpp"

namespace wideproof::compare {
namespace {

using ::testing::HasSubstr;
using testing::InventedSweep;
using testing::sweep_training_points;
using testing::Tally;

constexpr int trials = 2000;
constexpr double level = 0.05;

PointSelector at(const std::string& f) {
  return {{"network.active_fraction", f}};
}

SweepClaim said(SweepClaim::Kind kind, const std::string& f) {
  SweepClaim claim;
  claim.kind = kind;
  claim.statement = "What the paper says.";
  claim.training_points = sweep_training_points;
  claim.at = at(f);
  return claim;
}

SweepClaim ratio(double low, double high) {
  SweepClaim claim = said(SweepClaim::Kind::ratio, "0.05");
  claim.over = at("0.2");  // a true ratio of 1.2
  claim.low = low;
  claim.high = high;
  return claim;
}

SweepClaim value(double of, double tolerance) {
  SweepClaim claim = said(SweepClaim::Kind::value, "0.2");  // truly 0.05
  claim.value = of;
  claim.tolerance = tolerance;
  return claim;
}

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
  EXPECT_EQ(judged(law, said(SweepClaim::Kind::best, "0.2")).outcome, Outcome::agree);
  EXPECT_EQ(judged(law, ratio(1.1, 1.3)).outcome, Outcome::agree);
  InventedSweep steady;
  steady.data_spread = 0.01;
  EXPECT_EQ(judged(steady, value(0.05, 0.1)).outcome, Outcome::agree);
}

TEST(SweepClaims, DisagreeWithWhatIsFalse) {
  InventedSweep law;
  law.data_spread = 0.01;
  const Claim best = judged(law, said(SweepClaim::Kind::best, "0.3"));
  EXPECT_EQ(best.outcome, Outcome::disagree);
  EXPECT_THAT(best.detail, HasSubstr("against it speaks network.active_fraction = 0.2"));
  EXPECT_NEAR(*best.measurement, 1.1, 0.05);
  EXPECT_EQ(judged(law, ratio(1.3, 1.4)).outcome, Outcome::disagree);
  EXPECT_EQ(judged(law, value(0.06, 0.05)).outcome, Outcome::disagree);
}

TEST(SweepClaims, CompareTheBestWithSomePointsOnly) {
  SweepClaim claim = said(SweepClaim::Kind::best, "0.3");
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
  EXPECT_EQ(judged(law, said(SweepClaim::Kind::best, "0.2")).outcome, Outcome::inconclusive);
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
  SweepClaim claim = said(SweepClaim::Kind::best, "0.2");
  claim.training_points = 7;
  const Claim open = judged({}, claim);
  EXPECT_EQ(open.outcome, Outcome::inconclusive);
  EXPECT_THAT(open.obstacle, HasSubstr("there are no errors of {network.active_fraction = 0.2}"));
}

TEST(SweepClaims, FindPointsByNearNumbers) {
  SweepResult sweep{{"a", "b"}, {}};
  for (const char* a : {"0.1873817", "0.135"})
    for (const char* b : {"box", "none"}) sweep.points.push_back({{a, b}, {}, {}, {}});
  EXPECT_EQ(find_point(sweep, {{"a", "0.1874"}, {"b", "none"}}), 1u);
  EXPECT_FALSE(find_point(sweep, {{"a", "0.1874"}}));               // two
  EXPECT_FALSE(find_point(sweep, {{"a", "0.188"}, {"b", "box"}}));  // none
}

TEST(SweepClaims, PreferTheTextToANearNumber) {
  SweepResult sweep{{"study.seed", "f"}, {}};
  for (const char* seed : {"20240108", "20240109"})
    for (const char* f : {"0.1", "0.10005"}) sweep.points.push_back({{seed, f}, {}, {}, {}});
  EXPECT_EQ(find_point(sweep, {{"study.seed", "20240109"}, {"f", "0.10005"}}), 3u);
  EXPECT_FALSE(find_point(sweep, {{"study.seed", "20240107"}, {"f", "0.1"}}));  // whole numbers
  EXPECT_EQ(find_point(sweep, {{"study.seed", "20240108.0"}, {"f", "0.1"}}), 0u);
  EXPECT_FALSE(find_point(sweep, {{"study.seed", "20240108"}, {"f", "0.10002"}}));  // both near
  EXPECT_EQ(points_with(sweep, {}).size(), 4u);
  EXPECT_TRUE(points_with(sweep, {{"network.depth", "2"}}).empty());
}

TEST(SweepClaims, RefuseWhatCannotBeTested) {
  boost::random::mt19937_64 rng(1);
  const SweepResult sweep = testing::draw_sweep({}, rng);
  const auto refusal = [&](const SweepClaim& claim, const std::string& message) {
    EXPECT_THAT([&] { check({claim}, sweep); },
                ::testing::ThrowsMessage<model::InputError>(HasSubstr(message)));
  };
  check({said(SweepClaim::Kind::best, "0.2"), ratio(1.0, 1.0), value(0.05, 0.1)}, sweep);
  refusal(said(SweepClaim::Kind::best, "0.25"), "claims[0].at = {network.active_fraction = 0.25}");
  SweepClaim wrong_key = said(SweepClaim::Kind::best, "0.2");
  wrong_key.at = {{"network.depth", "2"}};
  refusal(wrong_key, "claims[0].at.network.depth = 2: is not a key of the sweep");
  refusal(ratio(1.3, 1.1), "claims[0].low = 1.3: must not exceed high");
  SweepClaim unbounded = ratio(1.0, 1.0);
  unbounded.low.reset();
  unbounded.high.reset();
  refusal(unbounded, "a ratio needs a bound");
  refusal(value(-1.0, 0.1), "claims[0].value = -1: must be positive and finite");
  refusal(value(std::nan(""), 0.1), "claims[0].value = nan: must be positive and finite");
  refusal(ratio(std::nan(""), 1.3), "claims[0].low = nan: must be positive and finite");
  refusal(ratio(1.1, INFINITY), "claims[0].high = inf: must be positive and finite");
  refusal(ratio(-0.1, 1.3), "claims[0].low = -0.1: must be positive and finite");
  SweepClaim elsewhere = value(0.05, 0.1);
  elsewhere.training_points = 64;
  refusal(elsewhere, "claims[0].training_points = 64: must be one that the point ");
  elsewhere.training_points = sweep_training_points;
  elsewhere.width = 512;
  refusal(elsewhere, "claims[0].width = 512: must be 0, for the kernel, or a width");
  SweepClaim alone = said(SweepClaim::Kind::best, "0.2");
  alone.over = at("0.2");
  refusal(alone, "claims[0].over = {network.active_fraction = 0.2}: must leave another point");
  SweepResult with_networks = sweep;
  for (SweepPoint& point : with_networks.points) point.errors[sweep_training_points][512] = {};
  check({elsewhere}, with_networks);
  elsewhere.exact = true;
  EXPECT_THAT([&] { check({elsewhere}, with_networks); },
              ::testing::ThrowsMessage<model::InputError>(
                  HasSubstr("claims[0].exact = true: must be false for networks")));
  refusal(value(0.05, 0.0), "claims[0].tolerance = 0: must lie in (0, 1)");
}

TEST(SweepClaimsCalibration, CallTrueClaimsOnTheirBoundsWrongAtTheStatedRate) {
  // The other point is better by just the tolerance; ratio and value lie on a bound.
  InventedSweep law;
  law.means = {{0.05, 0.06}, {0.2, 0.05}, {0.3, 0.05 / 1.01}, {0.4, 0.05 / 1.01}};
  law.data_spread = 0.05;
  outcomes(law, {said(SweepClaim::Kind::best, "0.2"), ratio(1.2, 1.3), value(0.05 / 0.9, 0.1)}, 21)
      .expect_at_most("disagree", level);
}

TEST(SweepClaimsCalibration, CallAWorsePointBestAtTheStatedRate) {
  InventedSweep law;
  law.means = {{0.05, 0.06}, {0.2, 0.05}, {0.3, 0.05 / 1.01}};
  outcomes(law, {said(SweepClaim::Kind::best, "0.2")}, 22).expect_rate("agree", level);
}

TEST(SweepClaimsCalibration, CallARatioBeyondItsBoundTrueAtTheStatedRate) {
  outcomes({}, {ratio(1.2, 1.3)}, 23).expect_rate("agree", level);
}

TEST(SweepClaimsCalibration, SeeWhatIsTrue) {
  outcomes({}, {said(SweepClaim::Kind::best, "0.2"), ratio(1.1, 1.3)}, 24)
      .expect_at_least("agree", 0.95);
}

TEST(SweepClaimsCalibration, SeeThatTheNextBestIsNotTheBest) {
  outcomes({}, {said(SweepClaim::Kind::best, "0.3")}, 25).expect_at_least("disagree", 0.95);
}

}  // namespace
}  // namespace wideproof::compare
