// SPDX-License-Identifier: MIT
#include <wideproof/report/shown_length.hpp>
#include <wideproof/report/sweep/tables.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <wideproof/compare/gram/sweep_numbers.hpp>
#include <wideproof/compare/sweep/sweep_verdict.hpp>

#include "invented_grid.hpp"

namespace wideproof::report {
namespace {

using compare::SweepResult;
using compare::testing::grid;
using ::testing::HasSubstr;

std::ptrdiff_t line_count(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

TEST(SweepTable, HoldsALineForEachNumber) {
  compare::SweepResult sweep = grid({"0.1", "0.2"}, {"0"}, {"box", "none"});
  sweep.points.push_back({.values = {"0.3", "0", "odd \"name\""}});
  const std::string table = sweep_table(sweep);
  EXPECT_EQ(line_count(table), 1 + 4 * 6 + 1);
  EXPECT_THAT(table, HasSubstr("\n0.1,0,\"box\",agree,error,128,,"));
  EXPECT_THAT(table, HasSubstr("\n0.1,0,\"none\",agree,error,256,4096,"));
  EXPECT_THAT(table, HasSubstr("\n0.3,0,\"odd \"\"name\"\"\",inconclusive,,,,,,,\n"));
}

TEST(SweepTable, IsShortInTheTerminal) {
  std::vector<std::string> fs;
  for (int i = 1; i <= 60; ++i) fs.push_back(fmt::format("{:.5f}", 0.001234567 * i));
  compare::SweepResult sweep = grid(fs, {"0"}, {"a-rather-long-name-of-a-filter"});
  const std::string text = terminal_table(sweep, sweep_verdict(sweep, {}, 0.01));
  EXPECT_LE(line_count(text), 60);
  EXPECT_THAT(text, HasSubstr("… and 20 more points\n"));
  EXPECT_THAT(text, HasSubstr("least error at P = 128"));
  EXPECT_THAT(text, HasSubstr("verdict: agree"));
  std::istringstream rows(text);
  for (std::string row; std::getline(rows, row);) {
    EXPECT_LE(shown_length(row), 80u) << row;
  }
}

/// f and z, with a norm that is 1 everywhere.
SweepResult norms_and_correlations(double measured) {
  SweepResult sweep{{"network.active_fraction", "network.presynaptic.taps"}, {}};
  for (const char* f : {"0.02", "0.1"}) {
    compare::SweepPoint point{.values = {f, "13"}};
    point.numbers = {
        {.quantity = compare::norm_quantity(), .value = measured, .predicted = 1.0},
        {.quantity = compare::correlation_quantity(), .value = measured, .predicted = 0.41},
        {.quantity = compare::least_correlation_quantity(),
         .value = measured,
         .predicted = -0.123}};
    sweep.points.push_back(point);
  }
  return sweep;
}

TEST(ShortTable, ShowsLeastAndMeanCorrelationAndNoNorm) {
  const SweepResult sweep = norms_and_correlations(0.4321);
  const std::string text = terminal_table(sweep, sweep_verdict(sweep, {}, 0.01));
  EXPECT_THAT(text, ::testing::StartsWith(
                        "                              correlation      least correlation\n"
                        "                           last layer, mean       last layer\n"
                        "           f         taps  measured predicted  measured predicted  "
                        "outcome\n"
                        "        0.02           13    0.4321      0.41    0.4321    -0.123  "
                        "inconclusive\n"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("norm")));
}

TEST(ShortTable, TellsTheCorrelationOfTheInputs) {
  SweepResult sweep = norms_and_correlations(0.4321);
  const auto text = [&] { return terminal_table(sweep, sweep_verdict(sweep, {}, 0.01)); };
  EXPECT_THAT(text(), ::testing::Not(HasSubstr("inputs")));
  for (compare::SweepPoint& point : sweep.points) point.numbers[1].of_inputs = 0.0124;
  EXPECT_THAT(text(), HasSubstr("\nOf the inputs themselves the mean correlation is 0.0124.\n"));
  sweep.points.front().numbers[1].of_inputs = -0.2;
  EXPECT_THAT(text(), HasSubstr("the mean correlation is -0.2 to 0.0124.\n"));
}

TEST(ShortTable, ShowsNormsWhereThereIsNothingElse) {
  SweepResult sweep = norms_and_correlations(0.4321);
  for (compare::SweepPoint& point : sweep.points) point.numbers.resize(1);
  EXPECT_THAT(terminal_table(sweep, sweep_verdict(sweep, {}, 0.01)),
              HasSubstr("      norm  predicted  outcome\n"));
}

TEST(ShortTable, ShowsOnlyWhatIsPredictedWhereNothingWasMeasured) {
  SweepResult sweep = norms_and_correlations(std::nan(""));
  for (compare::SweepPoint& point : sweep.points)
    point.numbers.push_back(compare::needed_width_number(898733, 0.01, 0.95));
  const std::string text = terminal_table(sweep);
  EXPECT_THAT(text, HasSubstr("           f         taps  last layer, mean        last layer"
                              "       n for ±0.01\n"));
  EXPECT_THAT(text, HasSubstr("        0.02           13              0.41            -0.123"
                              "           898,733\n"));
  EXPECT_THAT(text, HasSubstr("needed width: The least width n at which one network keeps"));
  for (const char* word : {"outcome", "inconclusive", "measured", "verdict"})
    EXPECT_THAT(text, ::testing::Not(HasSubstr(word)));
  std::istringstream rows(text);
  for (std::string row; std::getline(rows, row);) EXPECT_LE(shown_length(row), 80u) << row;
}

TEST(SweepClaimsTable, StartsWithWordsInTheTerminal) {
  compare::Claim claim;
  claim.statement = "What the paper says.";
  claim.outcome = compare::Outcome::inconclusive;
  claim.obstacle = "there are no errors of the kernel at P = 7";
  const std::string text = terminal_table({claim});
  EXPECT_THAT(text, HasSubstr("there are no errors of"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr(";")));
}

}  // namespace
}  // namespace wideproof::report
