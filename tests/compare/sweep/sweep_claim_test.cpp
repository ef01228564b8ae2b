// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_claim.hpp>

#include <cmath>
#include <memory>

#include <gmock/gmock.h>

#include <wideproof/model/input_error.hpp>

#include "invented_claims.hpp"
#include "invented_overlap.hpp"
#include "invented_sweep.hpp"

namespace wideproof::compare {
namespace {

using testing::at;
using testing::best;
using ::testing::HasSubstr;
using testing::overlap_quantity;
using testing::overlaps;
using testing::ratio;
using testing::sweep_training_points;
using testing::value;

std::string refusal_of(const SweepClaim& claim, const SweepResult& sweep) {
  try {
    check({claim}, sweep);
  } catch (const model::InputError& error) {
    return error.what();
  }
  return "";
}

TEST(SweepClaim, IsRefusedWhereItCannotBeTested) {
  boost::random::mt19937_64 rng(1);
  const SweepResult sweep = testing::draw_sweep({}, rng);
  const auto refusal = [&](const SweepClaim& claim, const std::string& message) {
    EXPECT_THAT(refusal_of(claim, sweep), HasSubstr(message));
  };
  check({best("0.2"), ratio(1.0, 1.0), value(0.05, 0.1)}, sweep);
  refusal(best("0.25"), "claims[0].at = {network.active_fraction = 0.25}");
  SweepClaim wrong_key = best("0.2");
  wrong_key.at = {{"network.depth", "2"}};
  refusal(wrong_key, "claims[0].at.network.depth = 2: is not a key of the sweep");
  refusal(ratio(1.3, 1.1), "claims[0].low = 1.3: must not exceed high");
  SweepClaim unbounded = ratio(1.0, 1.0);
  unbounded.low.reset();
  unbounded.high.reset();
  refusal(unbounded, "a ratio needs a bound");
  SweepClaim of_itself = ratio(1.0, 1.0);
  of_itself.over = of_itself.at;
  refusal(of_itself, "}: must be another point than claims[0].at");
  refusal(value(-1.0, 0.1), "claims[0].value = -1: must be positive and finite");
  refusal(value(std::nan(""), 0.1), "claims[0].value = nan: must be positive and finite");
  refusal(ratio(std::nan(""), 1.3), "claims[0].low = nan: must be positive and finite");
  refusal(ratio(1.1, INFINITY), "claims[0].high = inf: must be positive and finite");
  refusal(ratio(-0.1, 1.3), "claims[0].low = -0.1: must be positive and finite");
  SweepClaim elsewhere = value(0.05, 0.1);
  elsewhere.training_points = 64;
  refusal(elsewhere, "claims[0].training_points = 64: must be one that the point ");
  SweepResult untrained = sweep;
  for (SweepPoint& point : untrained.points)
    for (SweepNumber& number : point.numbers) number.training_points = 0;
  EXPECT_THAT(refusal_of(elsewhere, untrained),
              HasSubstr("claims[0].training_points = 64: must be left out: \"error\" is of no "));
  elsewhere.training_points = sweep_training_points;
  elsewhere.width = 512;
  refusal(elsewhere, "claims[0].width = 512: must be 0, for the kernel, or a width");
  SweepClaim alone = best("0.2");
  alone.over = at("0.2");
  refusal(alone, "claims[0].over = {network.active_fraction = 0.2}: must leave another point");
  SweepResult with_networks = sweep;
  for (SweepPoint& point : with_networks.points)
    point.numbers.push_back(
        {.quantity = error_quantity(), .training_points = sweep_training_points, .width = 512});
  check({elsewhere}, with_networks);
  elsewhere.exact = true;
  EXPECT_THAT(refusal_of(elsewhere, with_networks),
              HasSubstr("claims[0].exact = true: must be false for networks"));
  refusal(value(0.05, 0.0), "claims[0].tolerance = 0: must lie in (0, 1)");
}

TEST(SweepClaim, NeedsTheTrainingPointsOfWhatIsTrained) {
  boost::random::mt19937_64 rng(1);
  SweepClaim claim = value(0.05, 0.1);
  claim.training_points = 0;
  EXPECT_EQ(refusal_of(claim, testing::draw_sweep({}, rng)),
            "claims[0].training_points: is missing; the point network.active_fraction = 0.2 has "
            "128");
}

/// The overlap at f = 0.2 and depth 1.
SweepClaim about_an_overlap() {
  SweepClaim claim;
  claim.kind = SweepClaim::Kind::value;
  claim.at = {{"network.active_fraction", "0.2"}, {"network.depth", "1"}};
  claim.value = 0.4;
  return claim;
}

TEST(SweepClaim, NeedsAQuantityThatIsMeasuredDrawByDraw) {
  SweepClaim claim = about_an_overlap();
  EXPECT_EQ(refusal_of(claim, overlaps()), "");
  claim.quantity = "overlap";
  EXPECT_EQ(refusal_of(claim, overlaps()), "");
  claim.quantity = "error";
  EXPECT_EQ(
      refusal_of(claim, overlaps()),
      "claims[0].quantity = \"error\": must be one that the sweep measures draw by draw: overlap");
  auto lacking = overlaps();
  lacking.points[1].missing = {{"error", "needs targets"}};
  EXPECT_EQ(refusal_of(claim, lacking), "claims[0].quantity = \"error\": needs targets");
  SweepQuantity without_draws = overlap_quantity();
  without_draws.has_draws = false;
  claim.quantity = "overlap";
  EXPECT_EQ(
      refusal_of(claim, overlaps(without_draws)),
      "claims[0].quantity = \"overlap\": must be one that the sweep measures draw by draw: none");
  claim.quantity = "";
  EXPECT_EQ(refusal_of(claim, overlaps(without_draws)),
            "claims[0].quantity: the sweep measures nothing draw by draw");
}

TEST(SweepClaim, IsReadBesideAPlanWithoutNumbers) {
  SweepResult plan = overlaps();
  for (SweepPoint& point : plan.points)
    for (SweepNumber& number : point.numbers) number = {.quantity = number.quantity};
  SweepClaim claim = about_an_overlap();
  EXPECT_EQ(refusal_of(claim, plan), "");
  claim.width = 64;
  EXPECT_EQ(refusal_of(claim, plan),
            "claims[0].width = 64: must be left out: \"overlap\" is of no width");
  claim.width = 0;
  plan.points[2].numbers.clear();
  EXPECT_EQ(
      refusal_of(claim, plan),
      "claims[0].quantity = \"overlap\": is not measured at the point network.active_fraction = "
      "0.2, network.depth = 1");
}

TEST(SweepClaim, IsOfTheBestOnlyWhereLessIsBetter) {
  SweepClaim claim = about_an_overlap();
  claim.kind = SweepClaim::Kind::best;
  EXPECT_EQ(refusal_of(claim, overlaps()),
            "claims[0].kind = \"best\": needs a quantity of which less is better, as overlap is "
            "not");
  SweepQuantity quantity = overlap_quantity();
  quantity.is_least_best = true;
  EXPECT_EQ(refusal_of(claim, overlaps(quantity)), "");
  claim.over = claim.at;
  EXPECT_EQ(
      refusal_of(claim, overlaps(quantity)),
      "claims[0].over = {network.active_fraction = 0.2, network.depth = 1}: must leave another "
      "point with overlaps");
}

TEST(SweepClaim, SaysWhereItIs) {
  SweepClaim claim;
  EXPECT_EQ(place_of(claim), "");
  claim.width = 512;
  EXPECT_EQ(place_of(claim), "n = 512");
  claim.training_points = 128;
  EXPECT_EQ(place_of(claim), "P = 128, n = 512");
}

}  // namespace
}  // namespace wideproof::compare
