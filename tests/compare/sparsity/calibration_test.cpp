// SPDX-License-Identifier: MIT
// How often claims about sparsity err on networks of a known law (invented_sparsity.hpp). The rates
// stand in docs/statistics.md.
#include <algorithm>
#include <cstdint>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <wideproof/compare/limits/limit_claims.hpp>
#include <wideproof/compare/sparsity/sparsity_assessment.hpp>

#include "calibration.hpp"
#include "invented_sparsity.hpp"

namespace wideproof::compare {
namespace {

using testing::draw_sparsity;
using testing::InventedSparsity;
using testing::Tally;
using testing::truth_of;

constexpr int runs_of_a_truth = 600;
constexpr int runs_of_a_twin = 100;
constexpr double family_error = 0.05;

Tally claims_on(const InventedSparsity& law, const model::SparsityPrediction& prediction, int runs,
                const char* of_what) {
  LimitOptions options;
  options.family_error = family_error;
  Tally tally;
  for (int run = 0; run < runs; ++run) {
    const auto found = assess_sparsity(
        prediction, draw_sparsity(law, 3000 + static_cast<std::uint64_t>(run)), options, true);
    const auto claims = judged_claims(found.claims, family_error);
    const auto is_rejected = [&claims](const std::string& name) {
      return std::any_of(claims.begin(), claims.end(), [&name](const Claim& claim) {
        return claim.outcome == Outcome::disagree && (name.empty() || claim.name == name);
      });
    };
    tally.count("disagree", is_rejected(""));
    tally.count("fluctuation disagrees", is_rejected("sparsity-fluctuation"));
    tally.count("equivalent", found.shortfall.empty());
    const Interval interval = found.estimate(model::SparsityNumber::hoyer, 3)->interval(0.95);
    tally.count("interval covers", interval.low <= law.hoyer[2] && law.hoyer[2] <= interval.high);
  }
  tally.record(fmt::format("{}, {} networks, skewness {}, second {}: ", of_what, law.networks,
                           law.skewness, law.second));
  return tally;
}

model::SparsityPrediction with_limit(const InventedSparsity& law, double factor) {
  auto wrong = truth_of(law);
  for (auto& layer : wrong.layers) layer.hoyer.value *= factor;
  return wrong;
}

model::SparsityPrediction with_variance(const InventedSparsity& law, double factor) {
  auto wrong = truth_of(law);
  for (auto& layer : wrong.layers) *layer.hoyer.variance *= factor;
  return wrong;
}

void expect_calibrated(const InventedSparsity& law, double limit, double variance) {
  const auto truth = claims_on(law, truth_of(law), runs_of_a_truth, "truth");
  truth.expect_at_most("disagree", family_error);
  truth.expect_at_least("interval covers", 0.95);
  claims_on(law, with_limit(law, limit), runs_of_a_twin, "wrong limit")
      .expect_at_least("disagree", 0.5);
  claims_on(law, with_variance(law, variance), runs_of_a_twin, "wrong variance")
      .expect_at_least("fluctuation disagrees", 0.5);
}

TEST(SparsityCalibration, HoldsForNormalNetworks) {
  InventedSparsity law;
  law.networks = 100;
  expect_calibrated(law, 1.02, 2.0);
}

TEST(SparsityCalibration, HoldsForSkewedNetworks) {
  InventedSparsity law;
  law.networks = 100;
  law.skewness = 0.5;
  expect_calibrated(law, 1.02, 2.5);
}

TEST(SparsityCalibration, HoldsForFewNetworks) {
  InventedSparsity law;
  law.networks = 40;
  expect_calibrated(law, 1.03, 4.0);
}

TEST(SparsityCalibration, HoldsWhereMeansAreCurved) {
  InventedSparsity law;
  law.networks = 100;
  law.bias = 2.0;
  law.second = 200.0;
  expect_calibrated(law, 1.03, 2.0);
}

}  // namespace
}  // namespace wideproof::compare
