// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_result.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <wideproof/report/sweep/axes.hpp>
#include <wideproof/report/sweep/figures.hpp>
#include <wideproof/report/sweep/tables.hpp>
#include "invented.hpp"
#include "invented_errors.hpp"

namespace wideproof::compare {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::InventedErrors;
using ::testing::Not;

SweepPoint learned(std::vector<std::string> values, const InventedErrors& law) {
  boost::random::mt19937_64 rng(1);
  const model::GeneralizationMeasurement measured = testing::draw_errors(law, rng);
  return sweep_point(std::move(values), assess_generalization(measured, {}), measured);
}

/// Over f and m, and over a filter where `filters` are given.
SweepResult grid(const std::vector<std::string>& fs, const std::vector<std::string>& ms,
                 const std::vector<std::string>& filters = {}) {
  SweepResult sweep{{"network.active_fraction", "network.presynaptic.degree"}, {}};
  if (!filters.empty()) sweep.keys.push_back("network.presynaptic.filter");
  InventedErrors law;
  law.training_points = {128, 256};
  law.widths = {512, 4096};
  for (const std::string& f : fs)
    for (const std::string& m : ms) {
      if (filters.empty()) sweep.points.push_back(learned({f, m}, law));
      for (const std::string& filter : filters)
        sweep.points.push_back(learned({f, m, filter}, law));
    }
  return sweep;
}

std::ptrdiff_t lines(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

std::vector<std::string> names(const std::vector<Figure>& figures) {
  std::vector<std::string> all;
  for (const Figure& figure : figures) all.push_back(figure.name);
  return all;
}

TEST(SweepResult, HoldsTheErrorsOfEveryDraw) {
  const SweepPoint point = learned({"0.1"}, {});
  EXPECT_EQ(point.numbers.size(), 3u * 5u);
  EXPECT_EQ(point.errors.at(128).at(0).size(), 5u);
  EXPECT_EQ(point.errors.at(512).at(4096).size(), 5u);
  EXPECT_NEAR(point.numbers[0].value, 1.0 / 128.0, 0.1 / 128.0);
  EXPECT_NEAR(point.numbers[0].predicted, 1.0 / 128.0, 0.1 / 128.0);
  EXPECT_EQ(point.numbers[0].width, 0);
}

TEST(SweepResult, PlacesErrorsByTheNumberOfTheDraw) {
  boost::random::mt19937_64 rng(1);
  model::GeneralizationMeasurement measured = testing::draw_errors({}, rng);
  const double second = measured.draws[1].kernel.pool;
  measured.draws.erase(measured.draws.begin());
  const SweepPoint point = sweep_point({}, assess_generalization(measured, {}), measured);
  EXPECT_TRUE(std::isnan(point.errors.at(128).at(0)[0]));
  EXPECT_EQ(point.errors.at(128).at(0)[1], second);
}

TEST(SweepResult, HoldsTheNormAndTheCorrelationOfTheLastLayer) {
  testing::Invented invented;
  invented.layers = 2;
  invented.limit = testing::equicorrelated(2, 0.5);
  const SweepPoint point =
      sweep_point({"3"}, assess(testing::truth(invented), testing::exact(invented), {}));
  ASSERT_EQ(point.numbers.size(), 2u);
  EXPECT_EQ(point.numbers[0].quantity, "norm");
  EXPECT_NEAR(point.numbers[0].value, 1.0, 1e-9);
  EXPECT_EQ(point.numbers[1].quantity, "correlation");
  EXPECT_NEAR(point.numbers[1].value, 0.5, 1e-9);
  EXPECT_NEAR(point.numbers[1].predicted, 0.5, 1e-9);
  EXPECT_LT(point.numbers[1].low, 0.5);
  EXPECT_TRUE(point.errors.empty());
}

TEST(SweepVerdict, DisagreesWhereOnePointDoesAndNamesIt) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0", "4"});
  EXPECT_EQ(sweep_verdict(sweep, 0.01).outcome, Outcome::agree);
  sweep.points[2].verdict.outcome = Outcome::inconclusive;
  EXPECT_EQ(sweep_verdict(sweep, 0.01).outcome, Outcome::inconclusive);
  sweep.points[1].verdict = {Outcome::disagree, 0.0025, 1e-5, {"The limit is wrong."}};
  const Verdict verdict = sweep_verdict(sweep, 0.01);
  EXPECT_EQ(verdict.outcome, Outcome::disagree);
  EXPECT_NEAR(verdict.p_value, 4e-5, 1e-12);
  EXPECT_THAT(verdict.reasons[0],
              HasSubstr("1 of 4 points disagree: network.active_fraction = 0.1, "
                        "network.presynaptic.degree = 4. The first of them says: The limit"));
  EXPECT_EQ(sweep_verdict({}, 0.01).outcome, Outcome::inconclusive);
}

TEST(SweepVerdict, LeavesOutPointsWithNothingToJudge) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0"});
  InventedErrors bare;
  bare.widths = {};
  bare.predicted = false;
  sweep.points[0] = learned({"0.1", "0"}, bare);
  EXPECT_FALSE(sweep.points[0].is_judged);
  EXPECT_EQ(outcome_of(sweep.points[0]), "measured");
  EXPECT_EQ(sweep_verdict(sweep, 0.01).outcome, Outcome::agree);
  EXPECT_THAT(sweep_verdict(sweep, 0.01).reasons.back(), HasSubstr("1 of 2 points were measured"));
  sweep.points.pop_back();
  EXPECT_EQ(sweep_verdict(sweep, 0.01).outcome, Outcome::inconclusive);
}

TEST(SweepTable, HoldsALineForEachNumber) {
  SweepResult sweep = grid({"0.1", "0.2"}, {"0"}, {"box", "none"});
  sweep.points.push_back({{"0.3", "0", "odd \"name\""}, {}, {}, {}});
  const std::string table = sweep_table(sweep);
  EXPECT_EQ(lines(table), 1 + 4 * 6 + 1);
  EXPECT_THAT(table, HasSubstr("\n0.1,0,\"box\",agree,error,128,,"));
  EXPECT_THAT(table, HasSubstr("\n0.1,0,\"none\",agree,error,256,4096,"));
  EXPECT_THAT(table, HasSubstr("\n0.3,0,\"odd \"\"name\"\"\",inconclusive,,,,,,,\n"));
}

TEST(SweepTable, IsShortInTheTerminal) {
  std::vector<std::string> fs;
  for (int i = 1; i <= 60; ++i) fs.push_back(fmt::format("{:.5f}", 0.001234567 * i));
  SweepResult sweep = grid(fs, {"0"}, {"a-rather-long-name-of-a-filter"});
  const std::string text = terminal_table(sweep, sweep_verdict(sweep, 0.01));
  EXPECT_LE(lines(text), 60);
  EXPECT_THAT(text, HasSubstr("… and 20 more points\n"));
  EXPECT_THAT(text, HasSubstr("least error at P = 128"));
  EXPECT_THAT(text, HasSubstr("verdict: agree"));
  std::istringstream rows(text);
  for (std::string row; std::getline(rows, row);) {
    const auto shown = std::count_if(row.begin(), row.end(), [](char byte) {
      return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u;
    });
    EXPECT_LE(shown, 80) << row;
  }
}

TEST(SweepAxes, PutTheNumericKeyWithMostValuesFirst) {
  const SweepResult sweep = grid({"0.001", "0.1"}, {"0", "4", "8"}, {"box", "none"});
  const std::vector<SweepAxis> axes = sweep_axes(sweep);
  EXPECT_EQ(axes[0].name, "degree");
  EXPECT_FALSE(axes[0].logarithmic);
  EXPECT_EQ(axes[1].name, "active fraction");
  EXPECT_TRUE(axes[1].logarithmic);
  EXPECT_FALSE(axes[2].numeric);
  EXPECT_EQ(sweep_groups(sweep, axes, 2).size(), 2u);
  EXPECT_EQ(position(axes[2], sweep.points[1]), 2.0);
}

TEST(SweepGroups, AreToldApartByMoreThanTheirTitles) {
  const SweepResult sweep = grid({"0.1", "0.2", "0.3"}, {"4.00001", "4.00002"});
  const auto groups = sweep_groups(sweep, sweep_axes(sweep), 1);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].title, "m = 4");
  EXPECT_EQ(groups[1].points, (std::vector<std::size_t>{1, 3, 5}));
}

TEST(SweepAxes, AreLogarithmicOnlyWhereThatSpreadsTheNumbersEvenly) {
  EXPECT_TRUE(wants_logarithm({0.001, 0.01, 0.1, 0.5}));
  EXPECT_TRUE(wants_logarithm({0.01, 0.5}));
  EXPECT_FALSE(wants_logarithm({0.01, 0.13, 0.25, 0.37, 0.49}));
  EXPECT_FALSE(wants_logarithm({0.1, 0.2, 0.4}));
  EXPECT_FALSE(wants_logarithm({-1.0, 0.01, 100.0}));
}

TEST(SweepFigures, AreMapsAndLinesForTwoNumericKeys) {
  const SweepResult sweep = grid({"0.1", "0.2", "0.3"}, {"0", "4"});
  const SweepCurve curve{
      "network.active_fraction", "network.presynaptic.degree", "m*(f)", {{0.1, 1.0}, {0.3, 3.0}}};
  const std::vector<Figure> figures = sweep_figures(sweep, curve);
  EXPECT_THAT(names(figures), ElementsAre("sweep_map_error_P128", "sweep_map_error_P128_n4096",
                                          "sweep_lines_error_P128", "sweep_map_error_P256",
                                          "sweep_map_error_P256_n4096", "sweep_lines_error_P256"));
  EXPECT_EQ(lines(figures[0].csv), 1 + 6);
  EXPECT_EQ(lines(figures[2].csv), 1 + 6 * 2);  // the kernel and the widest networks
  EXPECT_THAT(figures[0].plot, HasSubstr("0.1,1\n0.3,3\nEOD"));
  EXPECT_THAT(figures[0].caption, HasSubstr("The star marks the least error."));
  const SweepCurve elsewhere{"a", "b", "c", {{1.0, 1.0}}};
  EXPECT_THAT(sweep_figures(sweep, elsewhere)[0].plot, Not(HasSubstr("$curve")));
}

TEST(SweepFigures, AreNoMapsForPointsThatAreNoGrid) {
  SweepResult sweep = grid({"0.1", "0.2", "0.3"}, {"0", "4", "8"});
  const std::vector<SweepPoint> all = sweep.points;
  sweep.points = {all[0], all[4], all[8]};
  for (const auto& name : names(sweep_figures(sweep))) EXPECT_THAT(name, Not(HasSubstr("map")));
  sweep.points = {all[0], all[1], all[2], all[3], all[4], all[6], all[8]};  // 7 of 9
  for (const auto& name : names(sweep_figures(sweep))) EXPECT_THAT(name, Not(HasSubstr("map")));
  sweep.points.push_back(all[5]);
  EXPECT_THAT(names(sweep_figures(sweep)), ::testing::Contains("sweep_map_error_P128"));
}

TEST(SweepFigures, ColourKernelAndNetworksByOneScale) {
  const std::vector<Figure> figures = sweep_figures(grid({"0.1", "0.2", "0.3"}, {"0", "4"}));
  const auto scale = [](const Figure& map) {
    const std::size_t at = map.plot.find("set cbrange");
    return map.plot.substr(at, map.plot.find('\n', at) - at);
  };
  EXPECT_NE(figures[0].csv, figures[1].csv);
  EXPECT_THAT(scale(figures[0]), HasSubstr("set cbrange ["));
  EXPECT_EQ(scale(figures[0]), scale(figures[1]));
  EXPECT_THAT(figures[1].title, HasSubstr("n = 4096"));
}

TEST(SweepFigures, LabelMapsAtWhatWasSweptAndEndAtZero) {
  const Figure map = sweep_figures(grid({"0.05", "0.1", "0.3"}, {"0", "4"}))[0];
  EXPECT_TRUE(map.is_map);
  EXPECT_THAT(map.plot, HasSubstr("set xtics ('0.05' 0.05, '0.3' 0.3)\n"));
  EXPECT_THAT(map.plot, HasSubstr("set ytics ('0' 0, '4' 4)\n"));
  EXPECT_THAT(map.plot, HasSubstr("set yrange [0:6]\n"));
  EXPECT_THAT(map.csv, HasSubstr(",0,2,"));  // the cell of m = 0
}

TEST(SweepFigures, KeepTheLargestNumbersOfTrainingPoints) {
  SweepResult sweep{{"network.active_fraction"}, {}};
  for (const char* f : {"0.1", "0.2"}) {
    SweepPoint point{{f}, {}, {}, {}};
    for (std::int64_t P = 1; P <= 30; ++P)
      point.numbers.push_back({.quantity = "error", .training_points = P, .value = 1.0});
    sweep.points.push_back(point);
  }
  const std::vector<Figure> figures = sweep_figures(sweep);
  ASSERT_EQ(figures.size(), most_figures);
  EXPECT_EQ(figures.front().name, "sweep_lines_error_P7");
  EXPECT_EQ(figures.back().name, "sweep_lines_error_P30");
  EXPECT_THAT(figures.back().caption, HasSubstr("6 more figures were left out"));
}

TEST(SweepFigures, MapNoNorms) {
  SweepResult sweep{{"network.active_fraction", "network.depth"}, {}};
  for (const char* f : {"0.1", "0.2"})
    for (const char* depth : {"1", "2"})
      sweep.points.push_back(
          {{f, depth},
           {},
           {{.quantity = "norm", .value = 1.0}, {.quantity = "correlation", .value = 0.5}},
           {}});
  EXPECT_THAT(names(sweep_figures(sweep)),
              ElementsAre("sweep_lines_norm", "sweep_map_correlation", "sweep_lines_correlation"));
}

TEST(SweepFigures, SayThatLinesArePredictedWhereOneIsDrawn) {
  const auto caption = [](const std::vector<std::string>& fs) {
    return sweep_figures(grid(fs, {"0"}, {"box", "none"}))[0].caption;
  };
  EXPECT_THAT(caption({"0.1", "0.2"}), HasSubstr("lines are predicted"));
  EXPECT_THAT(caption({"0.1"}), Not(HasSubstr("lines")));
  EXPECT_THAT(caption({"0.1"}), HasSubstr("crosses are predicted"));
}

TEST(SweepFigures, SetDotsSideBySide) {
  const Figure figure = sweep_figures(grid({"0.1", "0.2", "0.3"}, {"0"}, {"box", "none"}))[0];
  EXPECT_THAT(figure.plot, HasSubstr("$3-0.0036 : NaN):4"));
  EXPECT_THAT(figure.plot, HasSubstr("$3+0.0036 : NaN):4"));
  EXPECT_THAT(figure.plot, HasSubstr("$3 : NaN):7 with lines"));
}

TEST(SweepFigures, AreLinesForOneNumericKeyAndGroups) {
  const SweepResult sweep = grid({"0.1", "0.2", "0.3"}, {"0"}, {"box", "none"});
  const std::vector<Figure> figures = sweep_figures(sweep);
  EXPECT_THAT(names(figures), ElementsAre("sweep_lines_error_P128", "sweep_lines_error_P256"));
  EXPECT_THAT(figures[0].plot, HasSubstr("filter = box"));
}

TEST(SweepFigures, LabelWhatIsNoNumber) {
  SweepResult sweep{{"network.activation"}, {}};
  for (const char* name : {"relu", "it's"}) sweep.points.push_back(learned({name}, {}));
  const std::vector<Figure> figures = sweep_figures(sweep);
  ASSERT_FALSE(figures.empty());
  EXPECT_THAT(figures[0].plot, HasSubstr("set xtics ('relu' 1, 'it''s' 2)"));
  EXPECT_TRUE(sweep_figures({}).empty());
}

}  // namespace
}  // namespace wideproof::compare
