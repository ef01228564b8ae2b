// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/trace_figures.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using Traces = std::vector<SweepTrace>;

compare::SweepResult traced_sweep(std::size_t points) {
  compare::SweepResult sweep{{"network.active_fraction", "inputs.source"}, {}};
  for (std::size_t i = 0; i < points; ++i)
    sweep.points.push_back(
        {.values = {fmt::format("{}", 0.01 * (static_cast<double>(i) + 1)), "a_b"}});
  return sweep;
}

std::shared_ptr<const TracedFigure> shared(TracedFigure figure) {
  return std::make_shared<const TracedFigure>(std::move(figure));
}

/// A line from (0, 1) to (1, 0.5) and a dot on it.
SweepTrace trace_of(TracedFigure figure) {
  return {.figure = shared(std::move(figure)),
          .line_x = {0.0, 1.0},
          .line_y = {1.0, 0.5},
          .dot_x = {0.5},
          .dot_y = {0.75},
          .dot_error = {0.1}};
}

TracedFigure loss() {
  return {.name = "loss_by_time",
          .title = "Loss against time",
          .caption = "How the loss falls.",
          .axes = "set xlabel 'time'\n"};
}

SweepTrace by_width(TracedFigure::X x) {
  TracedFigure figure = loss();
  figure.name = "loss_by_width";
  figure.x = x;
  SweepTrace trace = trace_of(figure);
  trace.line_x = {64, 256};
  trace.dot_x = {64};
  return trace;
}

TEST(TraceFigures, AreDrawnAsTheTracesSay) {
  const auto figures = trace_figures(traced_sweep(1), {{trace_of(loss())}});
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].name, "sweep_loss_by_time");
  EXPECT_EQ(figures[0].title, "Loss against time");
  EXPECT_THAT(figures[0].caption, ::testing::StartsWith("How the loss falls. Lines are predicted"));
  EXPECT_THAT(figures[0].plot, HasSubstr("set xlabel 'time'\n"));
  EXPECT_THAT(figures[0].plot, Not(HasSubstr("logscale")));
  EXPECT_THAT(figures[0].csv, HasSubstr("\npredicted,1,1,0.5,,\nmeasured,1,0.5,0.75,0.55400"));
}

/// gnuplot complains of a range that is none.
TEST(TraceFigures, HaveAnAxisAroundASinglePlace) {
  SweepTrace trace = trace_of(loss());
  const auto plot = [&] { return trace_figures(traced_sweep(2), {{trace}, {trace}})[0].plot; };
  EXPECT_THAT(plot(), Not(HasSubstr("xrange")));
  trace.line_x = trace.dot_x = {5};
  trace.line_y = {0.75};
  EXPECT_THAT(plot(), HasSubstr("set xrange [4.5:5.5]\n"));
}

TEST(TraceFigures, LabelNoHalfLayers) {
  TracedFigure figure = loss();
  figure.x = TracedFigure::X::layers;
  SweepTrace trace = trace_of(figure);
  trace.line_x = {1, 3};
  EXPECT_THAT(trace_figures(traced_sweep(1), {{trace}})[0].plot, HasSubstr("set xtics 1\n"));
  trace.line_x = {1, 30};
  EXPECT_THAT(trace_figures(traced_sweep(1), {{trace}})[0].plot, HasSubstr("set xtics auto\n"));
}

TEST(TraceFigures, DrawAtMostEightPointsAndSaySo) {
  const Traces traces = {trace_of(loss())};
  const auto few = trace_figures(traced_sweep(8), {8, traces});
  ASSERT_EQ(few.size(), 1u);
  EXPECT_THAT(few[0].caption, Not(HasSubstr("Drawn are")));
  const auto many = trace_figures(traced_sweep(20), {20, traces});
  EXPECT_THAT(many[0].caption, HasSubstr("Drawn are 8 of the 20 points."));
  EXPECT_THAT(many[0].csv, HasSubstr("\npredicted,20,"));
  EXPECT_THAT(many[0].csv, Not(HasSubstr("\npredicted,2,")));
}

TEST(TraceFigures, NamePointsByWhatVaries) {
  const Traces traces = {trace_of(loss())};
  const auto figures = trace_figures(traced_sweep(2), {2, traces});
  EXPECT_THAT(figures[0].plot, HasSubstr("title '{/:Italic f} = 0.02'"));
  const auto alone = trace_figures(traced_sweep(1), {1, traces});
  EXPECT_THAT(alone[0].plot, HasSubstr("title '{/:Italic f} = 0.01, source = a\\_b'"));
}

TEST(TraceFigures, NumberCurvesWithLongNamesAndKeepTheHeightOfThePlot) {
  const Traces traces = {trace_of(loss())};
  compare::SweepResult sweep = traced_sweep(8);
  const Figure shortly = trace_figures(sweep, {8, traces})[0];
  EXPECT_THAT(shortly.plot, HasSubstr("maxcols 2 maxrows 4"));
  EXPECT_NEAR(shortly.height_over_width, 0.8 + 4 * 0.055, 1e-12);
  EXPECT_THAT(shortly.caption, Not(HasSubstr("2: ")));
  for (std::size_t i = 0; i < 8; ++i) sweep.points[i].values[1] = fmt::format("source_{}", i);
  const Figure numbered = trace_figures(sweep, {8, traces})[0];
  EXPECT_THAT(numbered.plot, HasSubstr("title '2'"));
  EXPECT_THAT(numbered.plot, Not(HasSubstr("source")));
  EXPECT_THAT(numbered.caption, HasSubstr("; 2: f = 0.02, source = source_1;"));
  EXPECT_NEAR(numbered.height_over_width, 0.8 + 2 * 0.055, 1e-12);
}

TEST(TraceFigures, MarkWhereNumbersComeToRestOnAReturnMap) {
  const auto rest_of = [](const std::vector<double>& y, bool is_return_map = true) {
    TracedFigure map = loss();
    map.is_return_map = is_return_map;
    const auto figures = trace_figures(
        traced_sweep(1), {{{.figure = shared(map), .line_x = {-1, 0, 0.5, 1}, .line_y = y}}});
    const std::string& csv = figures.at(0).csv;
    const auto at = csv.find("rest,");
    return at == std::string::npos ? "" : csv.substr(at);
  };
  EXPECT_EQ(rest_of({0.3, 0.3, 0.3, 0.3}), "rest,1,0.3,0.3,,\n");
  EXPECT_EQ(rest_of({0.3, 0.4, 0.7, 1.0}), "rest,1,1,1,,\n");
  EXPECT_EQ(rest_of({-1.0, -0.2, 0.2, 1.0}), "");  // it is crossed from below: they part
  EXPECT_EQ(rest_of({0.3, 0.3, 0.3, 0.3}, false), "");
}

TEST(TraceFigures, SetDotsSideBySideWhereAsked) {
  const auto plot_of = [](TracedFigure::X x) {
    return trace_figures(traced_sweep(2), {{by_width(x)}, {by_width(x)}}).at(0).plot;
  };
  EXPECT_THAT(plot_of(TracedFigure::X::widths), HasSubstr("set logscale x"));
  EXPECT_THAT(plot_of(TracedFigure::X::widths_side_by_side), HasSubstr("set logscale x"));
  EXPECT_THAT(plot_of(TracedFigure::X::widths), Not(HasSubstr("$3 * 1.0247")));
  EXPECT_THAT(plot_of(TracedFigure::X::widths_side_by_side), HasSubstr("$3 * 1.0247"));
}

// Many bars of one width cannot be told apart.
TEST(TraceFigures, SetFourDotsOfAWidthSideBySideAtMostAndSaySo) {
  const auto figure_of = [](TracedFigure::X x, std::size_t points) {
    const std::vector<std::vector<SweepTrace>> traces(points, {by_width(x)});
    return trace_figures(traced_sweep(points), traces).at(0);
  };
  const auto bars = [](const Figure& figure) {
    std::size_t count = 0;
    for (auto at = figure.plot.find("xyerrorbars"); at != std::string::npos;
         at = figure.plot.find("xyerrorbars", at + 1))
      ++count;
    return count;
  };
  const auto beside = TracedFigure::X::widths_side_by_side;
  EXPECT_EQ(bars(figure_of(beside, 4)), 4u);
  EXPECT_THAT(figure_of(beside, 4).caption, HasSubstr("Dots of one width stand side by side."));
  EXPECT_EQ(bars(figure_of(beside, 7)), 4u);
  EXPECT_THAT(figure_of(beside, 7).caption, HasSubstr("only 4 of the 7 points have them."));
  EXPECT_EQ(bars(figure_of(TracedFigure::X::widths, 7)), 7u);
}

TEST(TraceFigures, SayWhichLinesLieOnEachOther) {
  const char* const told = "the same is predicted lie on each other";
  SweepTrace other = trace_of(loss());
  EXPECT_THAT(trace_figures(traced_sweep(2), {{other}, {other}}).at(0).caption, HasSubstr(told));
  other.line_y[1] = 0.6;
  EXPECT_THAT(trace_figures(traced_sweep(2), {{trace_of(loss())}, {other}}).at(0).caption,
              Not(HasSubstr(told)));
}

TEST(TraceFigures, SayWhatTracesAreOf) {
  SweepTrace one = trace_of(loss());
  one.about = "inputs 1 and 3";
  SweepTrace other = one;
  EXPECT_THAT(trace_figures(traced_sweep(2), {{one}, {other}}).at(0).caption,
              HasSubstr("Here they are inputs 1 and 3."));
  other.about = "inputs 2 and 3";
  EXPECT_THAT(trace_figures(traced_sweep(2), {{one}, {other}}).at(0).caption,
              HasSubstr("They are not the same two at every point."));
}

TEST(TraceFigures, HoldOnlyWhatIsPositiveOnALogarithmicAxis) {
  TracedFigure logarithmic = loss();
  logarithmic.y = TracedFigure::Y::logarithmic;
  SweepTrace trace = trace_of(logarithmic);
  trace.dot_error = {1.0};  // the bar would end below zero
  const Figure figure = trace_figures(traced_sweep(1), {{trace}}).at(0);
  EXPECT_THAT(figure.plot, HasSubstr("set logscale y"));
  EXPECT_THAT(figure.csv, HasSubstr("measured,1,0.5,0.75,0.25,"));
  trace.line_y = {-1.0, 0.0};
  trace.dot_y = {-0.5};
  EXPECT_TRUE(trace_figures(traced_sweep(1), {{trace}}).empty());
}

TEST(TraceFigures, AreNotDrawnOfPointsWithoutTraces) {
  EXPECT_TRUE(trace_figures(traced_sweep(2), {{}, {}}).empty());
  const auto figures = trace_figures(traced_sweep(2), {{}, {trace_of(loss())}});
  EXPECT_THAT(figures.at(0).csv, Not(HasSubstr("predicted,1,")));
  SweepTrace empty{.figure = shared(loss())};
  EXPECT_TRUE(trace_figures(traced_sweep(1), {{empty}}).empty());
}

TEST(TraceFigures, SayThatLinesArePredictedWhereNothingWasMeasured) {
  SweepTrace line = trace_of(loss());
  line.dot_x.clear();
  line.dot_y.clear();
  line.dot_error.clear();
  const Figure figure = trace_figures(traced_sweep(1), {{line}}).at(0);
  EXPECT_EQ(figure.caption, "How the loss falls. Lines are predicted.");
}

TEST(TraceFigures, HaveOneKeyForAllOfThem) {
  compare::SweepResult sweep{{"network.active_fraction", "network.depth"}, {}};
  TracedFigure second = loss();
  second.name = "second";
  for (const char* f : {"0.02", "0.1", "0.3"})
    for (const char* depth : {"1", "5", "13"}) sweep.points.push_back({.values = {f, depth}});
  const auto figures = trace_figures(sweep, {9, {trace_of(loss()), trace_of(second)}});
  ASSERT_EQ(figures.size(), 2u);
  const auto key = [](const Figure& figure) {
    const auto start = figure.plot.find("NaN with");
    return figure.plot.substr(start, figure.plot.find("'sweep_", start) - start);
  };
  EXPECT_EQ(key(figures[0]), key(figures[1]));
  EXPECT_THAT(key(figures[0]), HasSubstr("title 'depth = 13'"));
  EXPECT_THAT(figures[0].csv, HasSubstr("\npredicted,9,"));
  EXPECT_THAT(figures[0].caption, Not(HasSubstr("Drawn are")));
}

TEST(TraceFigures, ComeInTheOrderOfTheTracesEmptyOrNot) {
  TracedFigure second = loss();
  second.name = "second";
  const Traces one = {{.figure = shared(loss())}, trace_of(second)};
  const Traces other = {trace_of(loss())};
  const auto figures = trace_figures(traced_sweep(2), {one, other});
  ASSERT_EQ(figures.size(), 2u);
  EXPECT_EQ(figures[0].name, "sweep_loss_by_time");
  EXPECT_EQ(figures[1].name, "sweep_second");
}

}  // namespace
}  // namespace wideproof::report
