// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include <wideproof/app/sweep/predicted_between.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* swept_plane = R"([sweep]
network.active_fraction = [0.1, 0.3]
network.presynaptic.taps = [1, 3]
)";

class SweepPrediction : public Runs {
 protected:
  SweepPrediction() { write("plane.toml", std::string(tiny) + swept_plane); }
};

TEST_F(SweepPrediction, PrintsARowForEachPointAndWritesNothing) {
  const auto before = everything();
  const auto outcome = program({"predict", "plane.toml"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, HasSubstr("tiny: theory at 4 points, and no network sampled\n"));
  for (const auto* column : {"least correlation", "needed width", "last layer, mean"})
    EXPECT_THAT(outcome.out, HasSubstr(column));
  EXPECT_THAT(outcome.out, Not(HasSubstr("verdict")));
  EXPECT_EQ(everything(), before);
}

TEST_F(SweepPrediction, SaysOfAPointWhatPredictSaysOfItAlone) {
  ASSERT_EQ(program({"predict", "plane.toml", "--out", "run", "--quiet"}).status, 0);
  ASSERT_EQ(program({"predict", "tiny.toml", "--out", "alone", "--quiet", "--set",
                     "network.active_fraction=0.1"})
                .status,
            0);
  const auto points = summary("run").at("sweep").at("points");
  ASSERT_EQ(points.size(), 4U);
  const auto correlation = summary("alone").at("prediction").at(1).at("correlation");
  const auto numbers = points.at(1).at("numbers");
  EXPECT_EQ(numbers.at(1).at("quantity"), "correlation");
  EXPECT_NEAR(numbers.at(1).at("predicted").get<double>(),
              (correlation.at(0).at(1).get<double>() + correlation.at(0).at(2).get<double>() +
               correlation.at(1).at(2).get<double>()) /
                  3,
              1e-12);
  EXPECT_TRUE(numbers.at(1).at("value").is_null());
  EXPECT_EQ(points.at(1).at("outcome"), "predicted");
  EXPECT_TRUE(summary("run").at("verdict").is_null());
  EXPECT_EQ(summary("run/points/02").at("prediction"), summary("alone").at("prediction"));
  EXPECT_THAT(run_file("run", "sweep.csv"), HasSubstr("\n0.1,3,predicted,correlation,,,,,,0."));
  for (const auto* figure : {"sweep_map_correlation", "sweep_lines_correlation",
                             "sweep_map_needed_width", "sweep_correlation_map"})
    EXPECT_TRUE(std::filesystem::exists(path("run/figures/" + std::string(figure) + ".csv")))
        << figure;
}

TEST_F(SweepPrediction, CanBeGoneOnWithByValidate) {
  ASSERT_EQ(program({"predict", "plane.toml", "--out", "run", "--quiet"}).status, 0);
  const auto go_on = validate_file("plane.toml", "run", {"--resume"});
  EXPECT_EQ(go_on.err, "");
  EXPECT_EQ(validate_file("plane.toml", "other").status, go_on.status);
  EXPECT_EQ(run_file("run", "sweep.csv"), run_file("other", "sweep.csv"));
}

TEST_F(SweepPrediction, TakesNoFolderOfAnotherRunUnlessForced) {
  ASSERT_EQ(program({"predict", "plane.toml", "--out", "run", "--quiet"}).status, 0);
  expect_refusal(program({"predict", "plane.toml", "--out", "run", "--quiet"}), {"--out", "run"});
  EXPECT_EQ(program({"predict", "plane.toml", "--out", "run", "--quiet", "--force"}).status, 0);
}

TEST_F(SweepPrediction, RefusesBeforeTheFolderIsTouched) {
  write("missing.toml", std::string(tiny) +
                            "[[sweep.points]]\ninputs = {source = \"circle\", count = 3}\n"
                            "[[sweep.points]]\ninputs = {source = \"csv\", file = \"none.csv\"}\n");
  expect_refusal(program({"predict", "missing.toml", "--out", "run"}),
                 {"points/02", "inputs.file"});
  write("errors.toml",
        "[study]\nkind = \"generalization\"\n[inputs]\nsource = \"circle\"\ncount = 64\n"
        "[targets]\nsource = \"half-circle\"\n[generalization]\ntraining_points = [16]\n"
        "[sweep]\nnetwork.active_fraction = [0.1, 0.2]\n");
  expect_refusal(program({"predict", "errors.toml", "--out", "run"}),
                 {"study.kind = \"generalization\": has no \"wideproof predict\""});
  EXPECT_FALSE(std::filesystem::exists(path("run")));
}

TEST_F(SweepPrediction, IsMadeBetweenThePointsForLinesToPass) {
  const auto sweep =
      parse_sweep(std::string(tiny) + "[sweep]\nnetwork.presynaptic.taps = [1, 9]\n", "", {})
          .value();
  compare::SweepResult result{sweep.keys, {}};
  for (const auto* taps : {"1", "9"})
    result.points.push_back({.values = {taps}, .numbers = {{.quantity = {}, .predicted = 1.0}}});
  const auto between = predicted_between(sweep, result);
  ASSERT_EQ(between.points.size(), 7U);  // 2, 3, … 8
  EXPECT_EQ(between.points[3].values.front(), "5");
  EXPECT_EQ(between.points[3].numbers.front().quantity->name, "norm");
  EXPECT_GT(between.points[3].numbers.at(1).predicted, between.points[0].numbers.at(1).predicted);
  result.points.front().numbers.clear();
  result.points.back().numbers.clear();
  EXPECT_TRUE(predicted_between(sweep, result).points.empty());
}

}  // namespace
}  // namespace wideproof::app
