// SPDX-License-Identifier: MIT
#include <wideproof/report/training/tables.hpp>

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>

#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/report/shown_length.hpp>
#include <wideproof/report/training/summary.hpp>
#include "trained_networks.hpp"

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string losses_table(const trained::TrainedNetworks& study) {
  return training_table(study.assessment, theory_losses(study.assessment, study.data));
}

TEST(TrainingTables, HaveALineForEachOutput) {
  const auto study = trained::judged();
  const auto lines = lines_of(trained_table(study.assessment));
  ASSERT_EQ(lines.size(), 1u + 5u * 4u * 2u * 10u);
  EXPECT_THAT(lines[0], StartsWith("width,step,output,point,set,mean,"));
  EXPECT_THAT(lines[1], StartsWith("64,0,1,1,training,"));
  EXPECT_THAT(lines[10], StartsWith("64,0,1,10,test,"));
  // Before the first step the limit has no mean and the prior's deviation, √0.2625.
  EXPECT_THAT(lines[1], HasSubstr(",0,0.51234753"));
}

TEST(TrainingTables, HaveALineForEachWidthAndStep) {
  const auto study = trained::judged();
  const auto lines = lines_of(losses_table(study));
  ASSERT_EQ(lines.size(), 1u + 5u * 4u);
  EXPECT_THAT(lines[0], StartsWith("width,step,replicates,loss,loss_standard_error,test_loss,"));
  EXPECT_THAT(lines[1], StartsWith("64,0,400,"));
  EXPECT_NE(lines[1].back(), ',');
  EXPECT_EQ(lines_of(losses_table(trained::only_measured()))[1].back(), ',');
}

TEST(TrainingTables, HaveALineForEachLimit) {
  const auto study = trained::judged();
  const auto lines = lines_of(trained_limits_table(study.assessment));
  ASSERT_EQ(lines.size(), 1u + 4u * (20u + 3u));
  EXPECT_THAT(lines[1], StartsWith("0,mean,1,1,"));
  EXPECT_THAT(lines[21], StartsWith("0,spread,,,"));
  EXPECT_THAT(lines[22], StartsWith("0,leading_spread,,,"));
  EXPECT_EQ(lines_of(trained_limits_table(trained::least().assessment)).size(), 1u);
}

TEST(TrainingTables, LeaveFieldsEmptyWhereThereIsNothing) {
  for (const auto& study : trained::all_trainings())
    for (const std::string& table : {trained_table(study.assessment),
                                     trained_limits_table(study.assessment), losses_table(study)}) {
      const auto lines = lines_of(table);
      for (const std::string& line : lines) {
        EXPECT_THAT(line, Not(HasSubstr("nan")));
        EXPECT_EQ(std::count(line.begin(), line.end(), ','),
                  std::count(lines[0].begin(), lines[0].end(), ','));
      }
    }
}

TEST(TrainingTables, FitATerminalOfEightyColumns) {
  for (const auto& study : trained::all_trainings())
    for (const std::string& line : lines_of(terminal_table(study.assessment)))
      EXPECT_LE(shown_length(line), 80u) << line;
}

TEST(TrainingTables, ShowWhatWasPredictedAndMeasured) {
  const std::string table = terminal_table(trained::judged().assessment);
  EXPECT_THAT(table, HasSubstr("means off, n → ∞"));
  EXPECT_THAT(table, HasSubstr("n = 1024"));
  EXPECT_THAT(table, HasSubstr("100.0%"));
  EXPECT_THAT(table, HasSubstr("verdict: agree"));
  EXPECT_THAT(terminal_table(trained::only_measured().assessment), Not(HasSubstr("means off")));
  for (const auto& study : trained::all_trainings())
    EXPECT_THAT(terminal_table(study.assessment), Not(HasSubstr("nan")));
}

TEST(TrainingSummary, HasTheKeysThatScriptsRelyOn) {
  const auto study = trained::judged();
  const auto summary = Json::parse(json_text(training_summary(study.assessment)));
  ASSERT_EQ(summary["trained"].size(), 20u);
  const auto& first = summary["trained"][0];
  EXPECT_EQ(first["width"], 64);
  EXPECT_EQ(first["step"], 0);
  EXPECT_EQ(first["replicates"], 400);
  for (const char* key : {"output_mean", "output_standard_error", "output_deviation"}) {
    ASSERT_EQ(first[key].size(), 10u);    // inputs
    ASSERT_EQ(first[key][0].size(), 2u);  // outputs
    EXPECT_TRUE(first[key][9][1].is_number());
  }
  EXPECT_EQ(first["output_mean"][3][1], study.assessment.at(0, 0).output_mean(1, 3));
  EXPECT_TRUE(first["loss"].is_number());
  EXPECT_EQ(first["accuracy"], 0.5);
  ASSERT_EQ(summary["predicted"].size(), 4u);
  EXPECT_EQ(summary["predicted"][3]["step"], 100);
  EXPECT_EQ(summary["predicted"][3]["output_mean"][3][1],
            study.assessment.prediction->descent[3].mean(1, 3));
  EXPECT_EQ(summary["predicted"][3]["flow"]["output_deviation"].size(), 10u);
  EXPECT_EQ(summary["tangent_regression"].size(), 10u);
  for (const char* key : {"exponent", "low", "high"})
    EXPECT_TRUE(summary["tangent_drift"][key].is_number());
  EXPECT_TRUE(summary["spread_exponent"].is_null());
  EXPECT_EQ(summary["extrapolation"].size(), 4u);
  EXPECT_EQ(summary["claims"][0]["name"], "limit");
}

TEST(TrainingSummary, IsNullWhereThereIsNoNumber) {
  const auto measured =
      Json::parse(json_text(training_summary(trained::only_measured().assessment)));
  EXPECT_TRUE(measured["predicted"].is_null());
  EXPECT_TRUE(measured["kernel_regression"].is_array());
  EXPECT_TRUE(measured["claims"].empty());
  const auto spread = Json::parse(json_text(training_summary(trained::centred().assessment)));
  EXPECT_TRUE(spread["spread_exponent"]["value"].is_number());
  EXPECT_EQ(spread["spread_exponent"]["step"], 100);
  const auto broken = Json::parse(json_text(training_summary(trained::diverged().assessment)));
  EXPECT_TRUE(broken["trained"][7]["output_mean"][0][0].is_null());
  EXPECT_TRUE(broken["trained"][7]["loss"].is_null());
  EXPECT_TRUE(broken["trained"][6]["loss"].is_number());
  const auto least = Json::parse(json_text(training_summary(trained::least().assessment)));
  EXPECT_TRUE(least["tangent_drift"].is_null());
  EXPECT_TRUE(least["trained"][0]["loss"].is_null());
  const auto none = Json::parse(json_text(training_summary(trained::without_outputs().assessment)));
  EXPECT_TRUE(none["trained"][0]["output_mean"].is_null());
  EXPECT_TRUE(none["trained"][0]["loss"].is_number());
}

}  // namespace
}  // namespace wideproof::report
