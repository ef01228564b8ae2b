// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization_figures.hpp>

#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace wideproof::compare {
namespace {

/// Line styles of the drawer's preamble, 1 to 8, by turns.
int style(std::size_t index) {
  return static_cast<int>(index % 8) + 1;
}

/// A line of the table, with bounds that fall back on the mean where there is none.
std::string point_line(std::string_view quantity, std::int64_t width, std::int64_t points,
                       double mean, double low, double high) {
  if (!(mean > 0.0)) return "";
  return fmt::format("{},{},{},{},{},{}\n", quantity, width, points, mean, low > 0.0 ? low : mean,
                     high > 0.0 ? high : mean);
}

std::string point_line(std::string_view quantity, std::int64_t width, std::int64_t points,
                       const MeanError& error) {
  return point_line(quantity, width, points, error.mean, error.low, error.high);
}

/// The x and then the other columns where `condition` holds.
std::string where(std::string_view file, std::string_view condition, std::string_view x,
                  std::string_view columns) {
  return fmt::format("'{}.csv' using ({} ? {} : NaN):{}", file, condition, x, columns);
}

std::optional<Figure> learning_curve(const GeneralizationAssessment& assessment) {
  Figure figure;
  figure.name = "learning_curve";
  figure.title = "Error against the number of training points";
  figure.csv = "quantity,width,training_points,mean,low,high\n";
  const std::size_t header = figure.csv.size();
  std::set<std::int64_t> widths;
  bool theory = false;
  for (const LearningPoint& point : assessment.points) {
    figure.csv += point_line("kernel", 0, point.training_points, point.kernel.pool);
    const std::string line = point_line("theory", 0, point.training_points, point.predicted);
    theory = theory || !line.empty();
    figure.csv += line;
    for (const NetworkErrors& at : point.networks) {
      const std::string of = point_line("network", at.width, point.training_points, at.error.pool);
      if (!of.empty()) widths.insert(at.width);
      figure.csv += of;
    }
  }
  if (figure.csv.size() == header) return std::nullopt;
  figure.plot =
      "set logscale x 2\nset logscale y\nset key top right\n"
      "set xlabel 'training points P'\nset ylabel 'mean squared error'\n"
      "set offsets graph 0.05, graph 0.05, 0, 0\nplot \\\n";
  if (theory)
    figure.plot += "  " + where(figure.name, "strcol(1) eq 'theory'", "$3", "4") +
                   " smooth unique with lines ls 1 title 'theory', \\\n";
  std::size_t index = 2;
  for (const std::int64_t width : widths)
    figure.plot += fmt::format(
        "  {} with yerrorbars ls {} title 'networks, n = {}', \\\n",
        where(figure.name, fmt::format("strcol(1) eq 'network' && $2 == {}", width), "$3", "4:5:6"),
        style(index++), width);
  figure.plot += "  " + where(figure.name, "strcol(1) eq 'kernel'", "$3", "4:5:6") +
                 " with yerrorbars ls 2 title 'kernel regression'\n";
  figure.caption =
      "The mean squared error over all points of a draw of data, those trained on included, "
      "against "
      "the number P of training points.";
  if (theory) figure.caption += " The line is what the theory predicts.";
  figure.caption +=
      " Dots are regression with the kernel of infinitely wide networks, or the readout of "
      "networks "
      "of finite width n where they are shown; bars are 95% intervals over draws.";
  return figure;
}

/// A guide ∝ 1/n through the excess at the narrowest width of the first series.
std::string guide(const LearningPoint& point) {
  for (const NetworkErrors& at : point.networks)
    if (at.excess.difference > 0.0)
      return fmt::format("  {}/x with lines ls 8 title '∝ 1/n'\n",
                         at.excess.difference * static_cast<double>(at.width));
  return "";
}

std::optional<Figure> excess(const GeneralizationAssessment& assessment) {
  Figure figure;
  figure.name = "excess_error";
  figure.title = "What a finite width costs";
  figure.csv = "quantity,width,training_points,mean,low,high\n";
  figure.plot =
      "set logscale x 2\nset logscale y\nset key top right\n"
      "set xlabel 'width n'\nset ylabel 'error over that of the kernel, − 1'\n"
      "set offsets graph 0.05, graph 0.05, 0, 0\nplot \\\n";
  std::string last;
  std::size_t index = 0;
  for (const LearningPoint& point : assessment.points) {
    if (point.networks.size() < 2) continue;
    std::string lines;
    for (const NetworkErrors& at : point.networks)
      lines += point_line("excess", at.width, point.training_points, at.excess.difference,
                          at.excess_interval.low, at.excess_interval.high);
    if (lines.empty()) continue;
    figure.csv += lines;
    figure.plot += fmt::format(
        "  {} with yerrorbars ls {} title 'P = {}', \\\n",
        where(figure.name, fmt::format("$3 == {}", point.training_points), "$2", "4:5:6"),
        style(index++), point.training_points);
    if (last.empty()) last = guide(point);
  }
  if (last.empty()) return std::nullopt;
  figure.plot += last;
  figure.caption =
      "How much larger the error of networks of width n is than that of regression with the kernel "
      "of infinitely wide ones, as a fraction of it, on the same draws of data. Bars are 95% "
      "intervals over draws; a bar that would reach below zero ends at its dot. Theory expects a "
      "fall as 1/n, the dashed guide. Where networks do as well as the kernel or better there is "
      "no dot.";
  return figure;
}

}  // namespace

std::vector<Figure> generalization_figures(const GeneralizationAssessment& assessment) {
  std::vector<Figure> figures;
  for (auto&& figure : {learning_curve(assessment), excess(assessment)})
    if (figure) figures.push_back(*figure);
  return figures;
}

}  // namespace wideproof::compare
