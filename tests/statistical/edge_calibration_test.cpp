// SPDX-License-Identifier: MIT
// A few of the runs of calibrate_edges: cells that once called true theories wrong.
#include <cstdint>
#include <cstdio>
#include <string>

#include <gtest/gtest.h>

#include "calibration/edge_cells.hpp"
#include "false_alarm.hpp"

namespace wideproof::testing {
namespace {

constexpr int runs = 12;
constexpr double family_error = 0.05;

class EdgeCalibration : public ::testing::TestWithParam<const char*> {};

TEST_P(EdgeCalibration, HoldsAtTheEdgesAndConvictsTwins) {
  EdgeCounts sum;
  for (const auto& cell : edge_cells()) {
    const bool is_short = cell.network.depth <= 5 && cell.widths.back() <= 1024;
    if (cell.group != GetParam() || !is_short) continue;
    const auto counts = run_edge_cell(cell, 7, runs, 2);
    EXPECT_LE(counts.at_5_percent, most_convictions(runs, family_error)) << cell.name;
    sum.runs += counts.runs;
    sum.at_5_percent += counts.at_5_percent;
    sum.twin_at_1_percent += counts.twin_at_1_percent;
    // Silent networks cannot show a formula to be wrong; those that are wide enough take longer
    // than a test may.
    if (cell.can_convict) {
      EXPECT_GT(counts.twin_at_1_percent, runs / 4) << cell.name;
    }
  }
  std::printf("of %d runs %d disagree at 5%%, of the twins %d at 1%%\n", sum.runs, sum.at_5_percent,
              sum.twin_at_1_percent);
  ASSERT_GT(sum.runs, 0);
  EXPECT_LE(sum.at_5_percent, most_convictions(sum.runs, family_error));
}

INSTANTIATE_TEST_SUITE_P(Cells, EdgeCalibration,
                         ::testing::Values("rectifiers", "steps", "smooth", "twins", "silent",
                                           "filters"),
                         [](const auto& group) { return std::string(group.param); });

}  // namespace
}  // namespace wideproof::testing
