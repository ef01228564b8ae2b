// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/figure_drawer.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <wideproof/app/files/gnuplot.hpp>
#include <wideproof/compare/gram/sweep_numbers.hpp>
#include <wideproof/report/gram/traced_figures.hpp>
#include <wideproof/report/sweep/figures.hpp>
#include <wideproof/report/sweep/trace_figures.hpp>

#include "environment.hpp"
#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

report::Figure parabola(const std::string& name) {
  return {.name = name,
          .title = "A parabola",
          .caption = "It opens upwards.",
          .csv = "x,y\n0,0\n1,1\n2,4\n",
          .plot =
              "set xlabel 'abscissa {/:Italic x}'\nset ylabel 'ordinate'\n"
              "plot '" +
              name + ".csv' using 1:2 with linespoints lt 1 notitle"};
}

class FigureDrawer : public Runs {
 protected:
  Drawing draw(const std::vector<report::Figure>& figures) const {
    return draw_figures(RunFolder(path("")), figures);
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path("figures")))
      names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(FigureDrawer, WritesTheTableAndBothPictures) {
  const auto drawing = draw({parabola("one"), parabola("two")});
  EXPECT_THAT(drawing.complaints, IsEmpty());
  EXPECT_THAT(files(),
              ElementsAre("one.csv", "one.pdf", "one.svg", "two.csv", "two.pdf", "two.svg"));
  const auto svg = run_file("figures", "two.svg");
  EXPECT_EQ(drawing.svg.at("two"), svg);
  EXPECT_THAT(svg, HasSubstr("abscissa"));
  EXPECT_THAT(svg, HasSubstr("width=\"480\" height=\"360\""));
  EXPECT_THAT(svg, HasSubstr("rgb(  0, 114, 178)"));
  EXPECT_THAT(run_file("figures", "one.pdf"), StartsWith("%PDF-"));
  EXPECT_EQ(run_file("figures", "one.csv"), parabola("one").csv);
}

TEST_F(FigureDrawer, DrawsTheSameBytesAgain) {
  draw({parabola("one")});
  const auto before = everything();
  EXPECT_THAT(run_file("figures", "one.pdf"), HasSubstr("/CreationDate (D:20000101000000"));
  draw({parabola("one")});
  EXPECT_EQ(everything(), before);
}

TEST_F(FigureDrawer, NamesAFigureThatCannotBeDrawnAndDrawsTheOthers) {
  auto bad = parabola("bad");
  draw({bad});
  bad.plot = "set xlabel 'x'\nplto 'bad.csv'";
  const auto drawing = draw({parabola("one"), bad, parabola("two")});
  EXPECT_THAT(drawing.complaints,
              ElementsAre("figure bad was not drawn: gnuplot says: invalid command"));
  EXPECT_THAT(files(), ElementsAre("bad.csv", "one.csv", "one.pdf", "one.svg", "two.csv", "two.pdf",
                                   "two.svg"));
  EXPECT_EQ(drawing.svg.count("bad"), 0);
}

TEST_F(FigureDrawer, RepeatsAWarning) {
  auto noisy = parabola("noisy");
  noisy.plot += ", 'absent.csv' using 1:2 with lines notitle";
  const auto complaints = draw({noisy}).complaints;
  ASSERT_EQ(complaints.size(), 1);
  EXPECT_THAT(complaints[0], StartsWith("figure noisy"));
  EXPECT_THAT(complaints[0], HasSubstr("absent.csv"));
}

TEST_F(FigureDrawer, SaysWhatToInstallAndKeepsNoOldPicture) {
  draw({parabola("one")});
  const Environment nowhere("PATH", "");
  const auto drawing = draw({parabola("one")});
  EXPECT_THAT(drawing.complaints, ElementsAre(HasSubstr("install gnuplot (Debian: gnuplot-nox)")));
  EXPECT_THAT(drawing.svg, IsEmpty());
  EXPECT_THAT(files(), ElementsAre("one.csv"));
}

TEST_F(FigureDrawer, RefusesAFolderThatCannotBeMade) {
  write("figures", "a file");
  EXPECT_THAT(model::refusal([&] { draw({parabola("one")}); }), HasSubstr("figures"));
}

TEST_F(FigureDrawer, DrawsEveryRowOfASweep) {
  compare::SweepResult sweep{{"network.depth"}, {}};
  for (const char* depth : {"1", "2", "3"}) {
    compare::SweepPoint point{.values = {depth}};
    point.numbers.push_back({compare::correlation_quantity(), 0, 0, 1.0, 0.9, 1.1, 1.0});
    sweep.points.push_back(point);
  }
  const auto drawing = draw(report::sweep_figures(sweep));
  EXPECT_THAT(drawing.complaints, IsEmpty());
  const std::string& svg = drawing.svg.at("sweep_lines_correlation");
  std::size_t dots = 0;
  for (auto at = svg.find("<use xlink:href='#gpPt6'"); at != std::string::npos;
       at = svg.find("<use xlink:href='#gpPt6'", at + 1))
    ++dots;
  EXPECT_EQ(dots, 3u);
}

TEST_F(FigureDrawer, DrawsTheOverlaidPointsOfASweep) {
  const compare::SweepResult sweep{{"inputs.file"}, {{.values = {"it's a_b"}}, {.values = {"c"}}}};
  const auto& of_gram = report::gram_traced_figures();
  std::vector<report::SweepTrace> traces;
  for (const auto& figure :
       {of_gram.correlation_map, of_gram.correlation_by_layer, of_gram.kernel_angle,
        of_gram.norm_by_width, of_gram.fluctuation_by_width, of_gram.deviation_by_width})
    traces.push_back({figure, {0.5, 1.0}, {0.7, 0.9}, {0.6}, {0.75}, {0.01}});
  const auto drawing = draw(report::trace_figures(sweep, {traces, traces}));
  EXPECT_THAT(drawing.complaints, IsEmpty());
  EXPECT_EQ(drawing.svg.size(), 6u);
}

TEST_F(FigureDrawer, DoesNotWaitForAGnuplotThatHangs) {
  const auto program = write("gnuplot", "#!/bin/sh\nexec sleep 100\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  const Environment path_of_it("PATH", (path("") + ":/usr/bin:/bin").c_str());
  EXPECT_THROW(run_gnuplot("", path(""), std::chrono::seconds(1)), std::system_error);
}

TEST_F(FigureDrawer, ComplainsOnceOfASilentGnuplot) {
  const auto program = write("gnuplot", "#!/bin/sh\nexit 1\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  const Environment path_of_it("PATH", (path("") + ":/usr/bin:/bin").c_str());
  EXPECT_THAT(draw({parabola("one"), parabola("two")}).complaints,
              ElementsAre("no figures were drawn: gnuplot ended without a word"));
}

}  // namespace
}  // namespace wideproof::app
