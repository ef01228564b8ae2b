// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/tables.hpp>

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>

#include <wideproof/report/dimension/summary.hpp>
#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/report/shown_length.hpp>
#include "invented_dimension.hpp"

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<compare::DimensionAssessment> all_kinds() {
  return {testing::judged(),
          testing::only_measured(),
          testing::of_fixed_dimension(),
          testing::overflowed(),
          testing::least(),
          testing::judged(compare::testing::with_correlated_synapses())};
}

TEST(DimensionTables, HaveALineForEachMean) {
  const auto assessment = testing::judged();
  const auto lines = lines_of(dimension_table(assessment));
  ASSERT_EQ(lines.size(), 1u + 5u * 3u * 2u);
  EXPECT_EQ(lines[0], "width,layer,quantity,replicates,mean,standard_error,predicted");
  EXPECT_THAT(lines[1], StartsWith("256,1,dimensionality,400,"));
  EXPECT_THAT(lines[1], HasSubstr(",0.5646"));
  EXPECT_THAT(lines[2], StartsWith("256,1,correlation_strength,400,"));
}

TEST(DimensionTables, HaveALineForEachLimit) {
  const auto lines = lines_of(dimension_limits_table(testing::judged()));
  ASSERT_EQ(lines.size(), 1u + 3u * 2u);
  EXPECT_EQ(lines[0], "layer,quantity,order,limit,standard_error,low,high,predicted,p_value");
  EXPECT_THAT(lines[1], MatchesRegex("1,dimensionality,[12],0.5[0-9.,e-]*"));
  EXPECT_EQ(lines_of(dimension_limits_table(testing::least())).size(), 1u);
}

TEST(DimensionTables, LeaveFieldsEmptyWhereThereIsNothing) {
  const std::string means = dimension_table(testing::only_measured());
  EXPECT_EQ(lines_of(means)[1].back(), ',');
  for (const auto& assessment : all_kinds())
    for (const std::string& table :
         {dimension_table(assessment), dimension_limits_table(assessment)})
      for (const std::string& line : lines_of(table)) {
        EXPECT_THAT(line, Not(HasSubstr("nan")));
        EXPECT_EQ(std::count(line.begin(), line.end(), ','),
                  std::count(table.begin(),
                             table.begin() + static_cast<std::ptrdiff_t>(table.find('\n')), ','));
      }
}

TEST(DimensionTables, FitATerminalOfEightyColumns) {
  for (const auto& assessment : all_kinds())
    for (const std::string& line : lines_of(terminal_table(assessment)))
      EXPECT_LE(shown_length(line), 80u) << line;
}

TEST(DimensionTables, ShowWhatWasPredictedAndMeasured) {
  const std::string table = terminal_table(testing::judged());
  EXPECT_THAT(table, HasSubstr("Dimensionality D̃\n"));
  EXPECT_THAT(table, HasSubstr("Correlation strength NΣ\n"));
  EXPECT_THAT(table, HasSubstr("    1      0.5646  0.5"));
  EXPECT_THAT(table, HasSubstr("verdict: agree"));
  EXPECT_THAT(terminal_table(testing::of_fixed_dimension()),
              Not(HasSubstr("Correlation strength NΣ")));
}

TEST(DimensionSummary, HasTheKeysThatScriptsRelyOn) {
  const auto summary = Json::parse(json_text(dimension_summary(testing::judged())));
  EXPECT_EQ(summary["prediction"].size(), 3u);
  EXPECT_EQ(summary["prediction"][0]["layer"], 1);
  EXPECT_EQ(summary["prediction"][0]["dimensionality"], 0.5646);
  EXPECT_TRUE(summary["prediction"][0]["correlation_strength"].is_number());
  EXPECT_EQ(summary["fixed_point"]["variance"], .3526);
  EXPECT_EQ(summary["fixed_point"]["eta"], .9430);
  EXPECT_EQ(summary["fixed_point"]["dimensionality"], .1107);
  ASSERT_EQ(summary["measurement"].size(), 15u);
  const auto& first = summary["measurement"][0];
  EXPECT_EQ(first["width"], 256);
  EXPECT_EQ(first["layer"], 1);
  EXPECT_EQ(first["replicates"], 400);
  for (const char* quantity : {"dimensionality", "correlation_strength"}) {
    EXPECT_TRUE(first[quantity]["mean"].is_number());
    EXPECT_TRUE(first[quantity]["standard_error"].is_number());
    EXPECT_TRUE(summary["extrapolation"][2][quantity]["limit"].is_number());
  }
  EXPECT_EQ(summary["extrapolation"][2]["equivalence"]["holds"], true);
  ASSERT_EQ(summary["convergence"].size(), 3u);
  EXPECT_TRUE(summary["convergence"][0].contains("bias_exponent"));
  EXPECT_EQ(summary["claims"][0]["name"], "limit");
}

TEST(DimensionSummary, IsNullWhereThereIsNoNumber) {
  const auto measured = Json::parse(json_text(dimension_summary(testing::only_measured())));
  EXPECT_TRUE(measured["prediction"].empty());
  EXPECT_TRUE(measured["fixed_point"].is_null());
  EXPECT_TRUE(measured["extrapolation"][0]["equivalence"]["holds"].is_null());
  EXPECT_TRUE(measured["claims"].empty());
  const auto fixed = Json::parse(json_text(dimension_summary(testing::of_fixed_dimension())));
  EXPECT_TRUE(fixed["measurement"][0]["correlation_strength"].is_null());
  EXPECT_TRUE(fixed["prediction"][0]["dimensionality"].is_number());
  const auto broken = Json::parse(json_text(dimension_summary(testing::overflowed())));
  EXPECT_TRUE(broken["measurement"][4]["dimensionality"]["mean"].is_null());
  EXPECT_TRUE(broken["measurement"][3]["dimensionality"]["mean"].is_number());
  EXPECT_TRUE(broken["extrapolation"].empty());
}

}  // namespace
}  // namespace wideproof::report
