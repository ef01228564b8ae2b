// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/figures.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <wideproof/compare/gram/sweep_numbers.hpp>

#include "invented_grid.hpp"

namespace wideproof::report {
namespace {

using compare::SweepPoint;
using compare::SweepResult;
using compare::testing::grid;
using compare::testing::learned;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::ptrdiff_t lines(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

std::vector<std::string> names(const std::vector<Figure>& figures) {
  std::vector<std::string> all;
  for (const Figure& figure : figures) all.push_back(figure.name);
  return all;
}

TEST(SweepFigures, AreMapsAndLinesForTwoNumericKeys) {
  const compare::SweepResult sweep = grid({"0.1", "0.2", "0.3"}, {"0", "4"});
  const SweepCurve curve{"network.active_fraction",
                         "network.presynaptic.degree",
                         "m*(f)",
                         "It is critical.",
                         {{0.1, 1.0}, {0.3, 3.0}}};
  const std::vector<Figure> figures = sweep_figures(sweep, curve);
  EXPECT_THAT(names(figures), ElementsAre("sweep_map_error_P128", "sweep_map_error_P128_n4096",
                                          "sweep_lines_error_P128", "sweep_map_error_P256",
                                          "sweep_map_error_P256_n4096", "sweep_lines_error_P256"));
  EXPECT_EQ(lines(figures[0].csv), 1 + 6);
  EXPECT_EQ(lines(figures[2].csv), 1 + 6 * 2);  // the kernel and the widest networks
  EXPECT_THAT(figures[0].plot, HasSubstr("0.1,1\n0.3,3\nEOD"));
  EXPECT_THAT(figures[0].caption, HasSubstr("The star marks the least error."));
  EXPECT_THAT(figures[0].caption, HasSubstr("The orange curve is m*(f). It is critical."));
  const SweepCurve elsewhere{"a", "b", "c", "", {{1.0, 1.0}}};
  EXPECT_THAT(sweep_figures(sweep, elsewhere)[0].plot, Not(HasSubstr("$curve")));
}

TEST(SweepFigures, AreNoMapsForPointsThatAreNoGrid) {
  compare::SweepResult sweep = grid({"0.1", "0.2", "0.3"}, {"0", "4", "8"});
  const std::vector<compare::SweepPoint> all = sweep.points;
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
  compare::SweepResult sweep{{"network.active_fraction"}, {}};
  for (const char* f : {"0.1", "0.2"}) {
    compare::SweepPoint point{.values = {f}};
    for (std::int64_t P = 1; P <= 30; ++P)
      point.numbers.push_back(
          {.quantity = compare::error_quantity(), .training_points = P, .value = 1.0});
    sweep.points.push_back(point);
  }
  const std::vector<Figure> figures = sweep_figures(sweep);
  ASSERT_EQ(figures.size(), most_figures);
  EXPECT_EQ(figures.front().name, "sweep_lines_error_P7");
  EXPECT_EQ(figures.back().name, "sweep_lines_error_P30");
  EXPECT_THAT(figures.back().caption, HasSubstr("6 more figures were left out"));
}

TEST(SweepFigures, KeepTheFirstQuantitiesWhereNothingHasTrainingPoints) {
  compare::SweepResult sweep{{"network.active_fraction"}, {}};
  std::vector<compare::SharedQuantity> quantities;
  for (int i = 1; i <= 30; ++i) {
    compare::SweepQuantity quantity = *compare::error_quantity();
    quantity.name = "number " + std::to_string(i);
    quantities.push_back(std::make_shared<const compare::SweepQuantity>(quantity));
  }
  for (const char* f : {"0.1", "0.2"}) {
    compare::SweepPoint point{.values = {f}};
    for (const auto& quantity : quantities)
      point.numbers.push_back({.quantity = quantity, .width = 64, .value = 1.0});
    sweep.points.push_back(point);
  }
  const std::vector<Figure> figures = sweep_figures(sweep);
  ASSERT_EQ(figures.size(), most_figures);
  EXPECT_EQ(figures.front().name, "sweep_lines_number_1");
  EXPECT_EQ(figures.back().name, "sweep_lines_number_24");
  EXPECT_THAT(figures.back().caption, HasSubstr("6 more figures were left out"));
}

TEST(SweepFigures, MapNoNorms) {
  compare::SweepResult sweep{{"network.active_fraction", "network.depth"}, {}};
  for (const char* f : {"0.1", "0.2"})
    for (const char* depth : {"1", "2"})
      sweep.points.push_back(
          {.values = {f, depth},
           .numbers = {{.quantity = compare::norm_quantity(), .value = 1.0},
                       {.quantity = compare::correlation_quantity(), .value = 0.5}}});
  EXPECT_THAT(names(sweep_figures(sweep)),
              ElementsAre("sweep_lines_norm", "sweep_map_correlation", "sweep_lines_correlation"));
}

// Lines of it would show noise alone.
TEST(SweepFigures, LeaveOutNormsOfWhichTheSameIsPredictedAndSayWhy) {
  compare::SweepResult sweep{{"network.active_fraction"}, {}};
  for (const char* f : {"0.1", "0.2"})
    sweep.points.push_back(
        {.values = {f},
         .numbers = {
             {.quantity = compare::norm_quantity(), .value = 1.1, .predicted = 1.0},
             {.quantity = compare::correlation_quantity(), .value = 0.5, .predicted = 0.5}}});
  EXPECT_THAT(names(sweep_figures(sweep)), ElementsAre("sweep_lines_correlation"));
  EXPECT_THAT(left_out_in_words(sweep), HasSubstr("The norm is predicted to be 1 at every point"));
  sweep.points[1].numbers[0].predicted = 1.1;
  EXPECT_THAT(names(sweep_figures(sweep)),
              ElementsAre("sweep_lines_norm", "sweep_lines_correlation"));
  EXPECT_EQ(left_out_in_words(sweep), "");
}

TEST(SweepFigures, HaveATitleEach) {
  std::set<std::string> titles;
  const auto figures = sweep_figures(grid({"0.1", "0.2", "0.3"}, {"0", "4"}, {"box", "none"}));
  for (const Figure& figure : figures) titles.insert(figure.title);
  EXPECT_EQ(titles.size(), figures.size());
}

/// f = 0.1, 0.2, 0.4 with correlations of f, measured or not.
SweepResult correlations(bool measured, const std::vector<std::string>& fs) {
  SweepResult sweep{{"network.active_fraction", "network.depth"}, {}};
  for (const std::string& f : fs)
    for (const char* depth : {"1", "2"}) {
      const double c = std::stod(f);
      sweep.points.push_back({.values = {f, depth},
                              .numbers = {{.quantity = compare::correlation_quantity(),
                                           .value = measured ? c : std::nan(""),
                                           .predicted = c}},
                              .is_judged = measured});
    }
  return sweep;
}

TEST(SweepFigures, HaveAxesThatTheNumbersFill) {
  const std::vector<Figure> figures = sweep_figures(correlations(true, {"0.1", "0.2", "0.4"}));
  EXPECT_THAT(figures.at(0).plot, HasSubstr("set cbrange [0.1:0.4]\n"));
  // Else gnuplot labels a bar that begins at 1e-5 by 1.00000, for which there is no room.
  EXPECT_THAT(figures.at(0).plot, HasSubstr("set format cb '%-5g'\n"));
  EXPECT_THAT(figures.at(1).plot, HasSubstr("set yrange [0.088:0.412]\n"));
}

TEST(SweepFigures, LetPredictedLinesPassWhatIsPredictedBetweenPoints) {
  const SweepResult between = correlations(false, {"0.15", "0.3"});
  const Figure figure =
      sweep_figures(correlations(true, {"0.1", "0.2", "0.4"}), std::nullopt, between).at(1);
  EXPECT_THAT(figure.csv, HasSubstr("1,0,0.1,0.1,0.1,0.1,0.1\n1,0,0.15,NaN,NaN,NaN,0.15\n"
                                    "1,0,0.2,0.2,0.2,0.2,0.2\n1,0,0.3,NaN,NaN,NaN,0.3\n"));
  EXPECT_THAT(figure.csv, HasSubstr("\n2,0,0.3,NaN"));
}

TEST(SweepFigures, AreOfWhatIsPredictedWhereNothingWasMeasured) {
  const std::vector<Figure> figures = sweep_figures(correlations(false, {"0.1", "0.2", "0.4"}));
  ASSERT_EQ(figures.size(), 2u);
  EXPECT_THAT(figures[0].caption, HasSubstr("and depth, predicted."));
  EXPECT_THAT(figures[0].csv, HasSubstr(",0.4,0.4\n"));
  EXPECT_THAT(figures[1].caption, HasSubstr("fraction. Lines are predicted."));
  EXPECT_THAT(figures[1].caption, Not(HasSubstr("measured")));
  EXPECT_THAT(figures[1].plot, Not(HasSubstr("errorbars")));
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
  EXPECT_THAT(figure.plot, HasSubstr("$3-0.00225 : NaN):4"));
  EXPECT_THAT(figure.plot, HasSubstr("$3+0.00225 : NaN):4"));
  EXPECT_THAT(figure.plot, HasSubstr("$3 : NaN):7 with lines"));
  EXPECT_THAT(figure.caption, HasSubstr("stand side by side around it"));
}

// A dot off its place seems to be off its curve.
TEST(SweepFigures, KeepDotsInTheirPlaceThatDoNotHideEachOther) {
  compare::SweepResult sweep{{"network.active_fraction", "network.depth"}, {}};
  for (const char* f : {"0.1", "0.2"})
    for (const char* depth : {"1", "2"})
      sweep.points.push_back({.values = {f, depth},
                              .numbers = {{.quantity = compare::correlation_quantity(),
                                           .value = *depth == '1' ? 0.2 : 0.4,
                                           .predicted = 0.3}}});
  const auto figure = [&] { return sweep_figures(sweep).back(); };
  EXPECT_THAT(figure().plot, HasSubstr("$3 : NaN):4"));
  EXPECT_THAT(figure().caption, Not(HasSubstr("side by side")));
  sweep.points[0].numbers[0].value = 0.401;
  EXPECT_THAT(figure().plot, Not(HasSubstr("$3 : NaN):4")));
}

TEST(SweepFigures, AreLinesForOneNumericKeyAndGroups) {
  const compare::SweepResult sweep = grid({"0.1", "0.2", "0.3"}, {"0"}, {"box", "none"});
  const std::vector<Figure> figures = sweep_figures(sweep);
  EXPECT_THAT(names(figures), ElementsAre("sweep_lines_error_P128", "sweep_lines_error_P256"));
  EXPECT_THAT(figures[0].plot, HasSubstr("filter = box"));
}

TEST(SweepFigures, LabelWhatIsNoNumber) {
  compare::SweepResult sweep{{"network.activation"}, {}};
  for (const char* name : {"relu", "it's"}) sweep.points.push_back(learned({name}, {}));
  const std::vector<Figure> figures = sweep_figures(sweep);
  ASSERT_FALSE(figures.empty());
  EXPECT_THAT(figures[0].plot, HasSubstr("set xtics ('relu' 1, 'it''s' 2)"));
  EXPECT_TRUE(sweep_figures({}).empty());
}

/// Long words side by side would run into each other.
TEST(SweepFigures, CutLongLabels) {
  const auto plot_of = [](const std::string& one, const std::string& other) {
    compare::SweepResult sweep{{"network.expression"}, {}};
    for (const auto& name : {one, other}) sweep.points.push_back(learned({name}, {}));
    return sweep_figures(sweep).front().plot;
  };
  const std::string start(29, 'x');
  EXPECT_THAT(plot_of(start + "φ+longer", "abs(x)"),
              HasSubstr("set xtics ('" + start + "…' 1, 'abs(x)' 2)"));
  EXPECT_THAT(plot_of(start + "xxx", start + "xxy"), HasSubstr("set xtics ('1' 1, '2' 2)"));
}

}  // namespace
}  // namespace wideproof::report
