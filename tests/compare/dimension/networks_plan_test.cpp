// SPDX-License-Identifier: MIT
#include <wideproof/compare/limits/networks_plan.hpp>

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include <wideproof/compare/dimension/assessment.hpp>
#include "error_rates.hpp"
#include "invented_networks.hpp"

namespace wideproof::compare {
namespace {

using testing::draw_dimensions;
using testing::InventedNetworks;
using testing::truth_of;

LimitEstimate<> estimate(double standard_error) {
  return {.number = {.predicted = 1.0, .equal = {0.98, 1.02}},
          .value = 1.0,
          .standard_error = standard_error,
          .degrees_of_freedom = 1e6};
}

// One well-known number: it passes where |d'| + 2.326 s' ≤ 0.02; new networks alone, d' ~ s', fail
// in one of ten where 0.02 = (2.326 + 1.645) s'.
TEST(NetworksPlan, IsThatOfANormalNumberByHand) {
  const NetworksPlan plan = plan_networks({estimate(0.02)}, 0.01);
  ASSERT_TRUE(plan.widths && plan.networks);
  EXPECT_NEAR(*plan.widths, 3.971 * 3.971, 0.02 * 3.971 * 3.971);
  EXPECT_LT(*plan.networks, *plan.widths);  // the present ones are on the mark
}

TEST(NetworksPlan, PromisesNothingBeyondItsRange) {
  const NetworksPlan plan = plan_networks({estimate(1e3)}, 0.01);
  EXPECT_FALSE(plan.widths || plan.networks);
}

// Of runs of a true prediction with the networks that a plan asks for nine in ten agree at least:
// the chances of failure are added, and layers move together. False alarm of the test: 1e-6.
TEST(NetworksPlan, KeepsItsPromise) {
  InventedNetworks law;
  law.networks = 12;
  const auto first = assess_dimension(truth_of(law), draw_dimensions(law, 11), {});
  const NetworksPlan plan = plan_networks(first.estimates, 0.01);
  ASSERT_TRUE(plan.networks);
  law.networks = static_cast<std::int64_t>(std::ceil(12.0 * *plan.networks));
  int equivalent = 0;
  constexpr int runs = 100;
  for (int run = 0; run < runs; ++run) {
    // The plan keeps the present networks.
    auto measured = draw_dimensions(law, 100 + static_cast<std::uint64_t>(run));
    InventedNetworks few = law;
    few.networks = 12;
    const auto kept = draw_dimensions(few, 11);
    for (std::size_t w = 0; w < measured.size(); ++w) {
      measured[w].inverse_dimensionality.topRows(12) = kept[w].inverse_dimensionality;
      measured[w].correlation_strength.topRows(12) = kept[w].correlation_strength;
    }
    const auto assessment = assess_dimension(truth_of(law), measured, {});
    const auto holds = [](const DimensionEstimate& at) { return at.is_equal(0.01); };
    equivalent += std::all_of(assessment.estimates.begin(), assessment.estimates.end(), holds);
  }
  EXPECT_GE(equivalent, testing::count_bounds(runs, 0.9).low);
}

}  // namespace
}  // namespace wideproof::compare
