// SPDX-License-Identifier: MIT
// Claims of ranks, and how often they err on networks of a known law; the rates stand in
// docs/statistics.md.
#include <wideproof/compare/sweep/rank_claims.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/compare/sweep/sweep_claims.hpp>
#include <wideproof/model/input_error.hpp>

#include "calibration.hpp"

namespace wideproof::compare {
namespace {

using ::testing::HasSubstr;
using testing::Tally;

constexpr int runs = 600;
constexpr int runs_of_a_twin = 100;
constexpr double error_of_ranks = 0.05;

/// Points of two keys, networks of each. With i the place of the rate and j that of the batch,
///
///   hoyer = slope i + own,   accuracy = link · (hoyer's own part) + along · i + e
///
/// own = initial (the network's, the same at all points) · shared + noise of its own, all normal.
struct InventedTrend {
  int rates = 4;
  int batches = 3;
  int networks = 10;
  double slope = 0.0;
  double link = 0.0;
  double along = 0.0;
  double shared = 1.0;
  bool is_skewed = false;  ///< exponentials of all numbers: ranks stay
};

SharedQuantity quantity(const std::string& name) {
  SweepQuantity words;
  words.name = words.plural = words.indefinite = name;
  words.has_draws = true;
  return std::make_shared<const SweepQuantity>(words);
}

SweepResult draw_points(const InventedTrend& law, std::uint64_t seed) {
  boost::random::mt19937_64 rng(seed);
  boost::random::normal_distribution<double> normal;
  std::vector<double> initial(static_cast<std::size_t>(law.networks));
  for (double& x : initial) x = law.shared * normal(rng);
  SweepResult sweep;
  sweep.keys = {"training.learning_rate", "training.batch_size"};
  for (int i = 0; i < law.rates; ++i)
    for (int j = 0; j < law.batches; ++j) {
      SweepNumber hoyer{.quantity = quantity("hoyer"), .width = 64};
      SweepNumber accuracy{.quantity = quantity("accuracy"), .width = 64};
      for (const double start : initial) {
        const double own = start + normal(rng);
        const double shown = law.slope * i + own;
        const double other = law.link * own + law.along * i + normal(rng);
        hoyer.draws.push_back(law.is_skewed ? std::exp(3 * shown) : shown);
        accuracy.draws.push_back(law.is_skewed ? std::exp(3 * other) : other);
      }
      SweepPoint point;
      point.values = {std::to_string(i + 1) + "e-3", std::to_string(32 * (j + 1))};
      point.numbers = {hoyer, accuracy};
      sweep.points.push_back(point);
    }
  return sweep;
}

SweepClaim trend(SweepClaim::Direction direction = SweepClaim::Direction::rising) {
  SweepClaim claim;
  claim.kind = SweepClaim::Kind::trend;
  claim.statement = "A larger rate raises it.";
  claim.quantity = "hoyer";
  claim.width = 64;
  claim.along = "training.learning_rate";
  claim.direction = direction;
  return claim;
}

SweepClaim association(SweepClaim::Across across, SweepClaim::Direction direction) {
  SweepClaim claim = trend(direction);
  claim.kind = SweepClaim::Kind::association;
  claim.along.clear();
  claim.with = "accuracy";
  claim.across = across;
  claim.tolerance = 0.1;
  return claim;
}

Claim judged_ranks(const InventedTrend& law, const SweepClaim& claim, std::uint64_t seed = 1) {
  const auto sweep = draw_points(law, seed);
  check({claim}, sweep);
  return sweep_claims(sweep, {claim}, error_of_ranks).front();
}

Tally rank_outcomes(const InventedTrend& law, const SweepClaim& claim, int count,
                    const std::string& of_what) {
  Tally tally;
  for (int run = 0; run < count; ++run) {
    const Claim found = judged_ranks(law, claim, 500 + static_cast<std::uint64_t>(run));
    tally.count("agree", found.outcome == Outcome::agree);
    tally.count("disagree", found.outcome == Outcome::disagree);
  }
  tally.record(of_what + ": ");
  return tally;
}

constexpr auto rising = SweepClaim::Direction::rising;
constexpr auto falling = SweepClaim::Direction::falling;
constexpr auto either = SweepClaim::Direction::either;
constexpr auto points = SweepClaim::Across::points;
constexpr auto networks = SweepClaim::Across::networks;

TEST(TrendClaim, HoldsOrFailsByItsDirection) {
  InventedTrend law;
  law.slope = 1.0;
  const Claim up = judged_ranks(law, trend());
  EXPECT_EQ(up.outcome, Outcome::agree);
  EXPECT_GT(*up.measurement, 0.3);
  EXPECT_LT(*up.low, *up.measurement);
  EXPECT_LE(*up.high, 1.0);
  EXPECT_THAT(up.detail, HasSubstr("Kendall's τ of 10 networks at 12 points"));
  EXPECT_EQ(judged_ranks(law, trend(falling)).outcome, Outcome::disagree);
  law.slope = -1.0;
  EXPECT_EQ(judged_ranks(law, trend()).outcome, Outcome::disagree);
}

TEST(TrendClaim, LooksAtTheChosenPointsAlone) {
  InventedTrend law;
  law.slope = 1.0;
  SweepClaim claim = trend();
  claim.over = {{"training.batch_size", "64"}};
  EXPECT_THAT(judged_ranks(law, claim).detail, HasSubstr("10 networks at 4 points"));
}

TEST(TrendClaim, LeavesOutNetworksWithoutANumber) {
  InventedTrend law;
  law.slope = 1.0;
  auto sweep = draw_points(law, 1);
  sweep.points[3].numbers[0].draws[2] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(sweep_claims(sweep, {trend()}, error_of_ranks).front().detail,
              HasSubstr("9 networks"));
  for (auto& point : sweep.points) point.numbers[0].draws.clear();
  const Claim open = sweep_claims(sweep, {trend()}, error_of_ranks).front();
  EXPECT_EQ(open.outcome, Outcome::inconclusive);
  EXPECT_THAT(open.obstacle, HasSubstr("fewer than two points have hoyer"));
}

/// Five networks that all rise have a p of 2⁻⁵.
TEST(TrendClaim, NeedsFiveNetworks) {
  InventedTrend law;
  law.slope = 10.0;
  law.networks = 4;
  EXPECT_EQ(judged_ranks(law, trend()).outcome, Outcome::inconclusive);
  law.networks = 5;
  EXPECT_EQ(judged_ranks(law, trend()).outcome, Outcome::agree);
}

TEST(RankClaims, AreRefusedWhereTheyCannotBeTested) {
  const auto sweep = draw_points({}, 1);
  const auto refusal = [&](const SweepClaim& claim) -> std::string {
    try {
      check({claim}, sweep);
    } catch (const model::InputError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal(trend()), "");
  SweepClaim claim = trend();
  claim.along = "network.depth";
  EXPECT_THAT(refusal(claim), HasSubstr("claims[0].along = \"network.depth\": must be a key of"));
  claim = trend(either);
  EXPECT_THAT(refusal(claim), HasSubstr("claims[0].direction = \"either\""));
  claim = trend();
  claim.over = {{"training.learning_rate", "1e-3"}};
  EXPECT_THAT(refusal(claim), HasSubstr("must have two values or more"));
  claim = trend();
  claim.quantity = "ccmas";
  EXPECT_THAT(refusal(claim), HasSubstr("claims[0].quantity = \"ccmas\": must be one that"));
  claim = association(points, rising);
  EXPECT_EQ(refusal(claim), "");
  claim.with = "ccmas";
  EXPECT_THAT(refusal(claim), HasSubstr("claims[0].with = \"ccmas\": must be one that"));
  claim.with = "hoyer";
  EXPECT_THAT(refusal(claim), HasSubstr("must be another quantity"));
  claim = association(points, either);
  claim.tolerance = 1.0;
  EXPECT_THAT(refusal(claim), HasSubstr("claims[0].tolerance = 1: must lie in (0, 1)"));
  claim = trend();
  claim.width = 63;
  EXPECT_THAT(refusal(claim), HasSubstr("claims[0].width = 63"));
}

TEST(AssociationClaim, TellsPointsFromNetworks) {
  InventedTrend law;
  law.slope = 2.0;
  law.along = 2.0;  // from point to point alone
  law.networks = 12;
  EXPECT_EQ(judged_ranks(law, association(points, rising)).outcome, Outcome::agree);
  EXPECT_NE(judged_ranks(law, association(networks, rising)).outcome, Outcome::agree);
  InventedTrend within;
  within.link = 2.0;
  within.networks = 12;
  EXPECT_EQ(judged_ranks(within, association(networks, rising)).outcome, Outcome::agree);
  EXPECT_EQ(judged_ranks(within, association(networks, falling)).outcome, Outcome::disagree);
}

// All networks of a few points show the same τ soon.
TEST(AssociationClaim, AFewNetworksThatAreAlikeRefuteNothing) {
  for (const int count : {2, 4, 12}) {
    InventedTrend law;
    law.networks = count;
    auto sweep = draw_points(law, 1);
    for (auto& point : sweep.points)
      for (double& accuracy : point.numbers[1].draws) accuracy = 1.0;
    const auto claim = sweep_claims(sweep, {association(points, either)}, error_of_ranks).front();
    EXPECT_EQ(claim.outcome, count < 12 ? Outcome::inconclusive : Outcome::disagree) << count;
  }
}

TEST(RankClaimCalibration, HoldsForTrends) {
  for (const bool is_skewed : {false, true})
    for (const int count : {6, 10, 30}) {
      InventedTrend law;
      law.networks = count;
      law.is_skewed = is_skewed;
      const auto name = fmt::format("trend, {} networks{}", count, is_skewed ? ", skewed" : "");
      const auto truth = rank_outcomes(law, trend(), runs, name);
      truth.expect_at_most("agree", error_of_ranks);
      truth.expect_at_most("disagree", error_of_ranks);
      law.slope = -0.8;
      rank_outcomes(law, trend(), runs_of_a_twin, name + ", twin").expect_at_least("disagree", 0.5);
    }
}

TEST(RankClaimCalibration, HoldsForAssociationsAcrossPoints) {
  for (const int count : {6, 12, 30}) {
    InventedTrend law;
    law.networks = count;
    const auto name = fmt::format("across points, {} networks", count);
    const auto truth = rank_outcomes(law, association(points, rising), runs, name);
    truth.expect_at_most("agree", error_of_ranks);
    truth.expect_at_most("disagree", error_of_ranks);
    rank_outcomes(law, association(points, either), runs, name + ", either")
        .expect_at_most("agree", error_of_ranks);
    law.link = -1.0;
    rank_outcomes(law, association(points, rising), runs_of_a_twin, name + ", twin")
        .expect_at_least("disagree", 0.5);
  }
}

TEST(RankClaimCalibration, HoldsForAssociationsAcrossNetworks) {
  for (const int count : {8, 12, 30}) {
    InventedTrend law;
    law.networks = count;
    const auto name = fmt::format("across networks, {} networks", count);
    const auto truth = rank_outcomes(law, association(networks, rising), runs, name);
    truth.expect_at_most("agree", error_of_ranks);
    truth.expect_at_most("disagree", error_of_ranks);
    law.link = -1.0;
    rank_outcomes(law, association(networks, rising), runs_of_a_twin, name + ", twin")
        .expect_at_least("disagree", 0.5);
  }
}

/// An association that there is not is refuted where networks are many, one at the tolerance is
/// not.
TEST(RankClaimCalibration, RefutesNoAssociationThatThereIs) {
  InventedTrend law;
  law.networks = 40;
  law.rates = 8;
  rank_outcomes(law, association(points, either), runs_of_a_twin, "none, either")
      .expect_at_least("disagree", 0.5);
  law.link = 0.1585;  // a correlation of .1566 given the network, τ = .1001
  rank_outcomes(law, association(points, either), runs, "weak, either")
      .expect_at_most("disagree", error_of_ranks);
}

}  // namespace
}  // namespace wideproof::compare
