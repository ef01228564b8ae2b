// SPDX-License-Identifier: MIT
#include <wideproof/report/generalization/figures.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_key.hpp>

namespace wideproof::report {
namespace {

constexpr const char* columns = "series,training_points,width,mean,low,high\n";

enum class Mark { line, dots };

struct Series {
  std::string title;
  Mark mark = Mark::dots;
  int line_type = 1;       ///< gnuplot's, a colour and a mark
  bool is_hollow = false;  ///< a mark that tells it from another one of its colour
  std::string rows = {};

  bool has_dots() const { return mark == Mark::dots; }
  /// Columns and style, in gnuplot's words.
  std::string drawn() const {
    return fmt::format("{} lt {}{}", has_dots() ? "4:5:6 with yerrorbars" : "4 with lines",
                       line_type, is_hollow ? " pt 6" : "");
  }
};

/// The table of a figure and the numbers that its axes have to hold.
class Table {
 public:
  /// Bounds that have no place on a logarithmic axis fall back on the mean.
  void add(Series& series, std::int64_t points, std::int64_t width,
           const compare::MeanError& error) {
    if (!(error.mean > 0.0)) return;
    const double low = error.low > 0.0 ? error.low : error.mean;
    const double high = error.high > 0.0 ? error.high : error.mean;
    series.rows +=
        fmt::format("{},{},{},{},{},{}\n", series.title, points, width, error.mean, low, high);
    values_.insert(values_.end(), {low, high});
  }

  const std::vector<double>& values() const { return values_; }

 private:
  std::vector<double> values_;
};

/// One item a series, its rows next to each other in the table so that lines are not broken. Dots
/// of one x stand beside each other, so that none hides another. Commands for the key go first.
void plot(Figure& figure, const std::vector<Series>& all, std::string_view x,
          const std::vector<std::string>& other_entries = {}) {
  constexpr double step = 1.07;
  const auto with_dots = std::count_if(all.begin(), all.end(), [](const Series& series) {
    return series.has_dots() && !series.rows.empty();
  });
  double factor = std::pow(step, -0.5 * static_cast<double>(with_dots - 1));
  std::vector<std::string> items;
  figure.csv = columns;
  std::vector<CurveName> names;
  for (const Series& series : all) {
    if (series.rows.empty()) continue;
    figure.csv += series.rows;
    names.push_back({series.title, series.title});
    const double shift = series.has_dots() ? factor : 1.0;
    items.push_back(
        fmt::format("'{}.csv' using (strcol(1) eq '{}' ? {:.4g}*{} : NaN):{} title '{}'",
                    figure.name, series.title, shift, x, series.drawn(), series.title));
    if (series.has_dots()) factor *= step;
  }
  const FigureKey key = figure_key(names, other_entries);
  figure.height_over_width = 0.8 + key.height;
  figure.plot = key.commands + figure.plot + fmt::format("plot {}", fmt::join(items, ", \\\n  "));
}

std::optional<Figure> learning_curve(const compare::GeneralizationAssessment& assessment) {
  Table table;
  Series theory{"theory", Mark::line, 7};
  Series kernel{"kernel", Mark::dots, 1};
  std::map<std::int64_t, Series> networks;
  std::vector<std::int64_t> counts;
  for (const compare::LearningPoint& point : assessment.points) {
    counts.push_back(point.training_points);
    table.add(theory, point.training_points, 0, point.predicted);
    table.add(kernel, point.training_points, 0, point.kernel.pool);
    for (const compare::NetworkErrors& at : point.networks) {
      Series& series = networks[at.width];
      series.title = fmt::format("n = {}", at.width);
      table.add(series, point.training_points, at.width, at.error.pool);
    }
  }
  if (table.values().empty()) return std::nullopt;
  std::vector<Series> all = {theory, kernel};
  int type = 0;
  for (auto& [width, series] : networks) {
    series.line_type = 2 + type % 5;
    series.is_hollow = type / 5 % 2 == 1;
    ++type;
    all.push_back(series);
  }
  Figure figure;
  figure.name = "learning_curve";
  figure.title = "Error against the number of training points";
  figure.plot = count_axis("x", counts) + log_axis("y", table.values()) +
                "set xlabel 'training points {/:Italic P}'\n"
                "set ylabel 'mean squared error'\n";
  plot(figure, all, "$2");
  figure.caption =
      "The mean squared error over all points of a draw of data, those trained on included, "
      "against the number P of training points.";
  if (!theory.rows.empty()) figure.caption += " The line is what the theory predicts.";
  figure.caption += " Dots are regression with the kernel of infinitely wide networks";
  if (!networks.empty()) figure.caption += ", and the trained readout of networks of width n";
  figure.caption += "; bars are 95% intervals over draws. Dots of one P stand side by side.";
  return figure;
}

constexpr const char* guide_title = "∝ 1/n";

/// A guide ∝ 1/n through the excess at the narrowest width where it is positive.
std::string guide(const compare::LearningPoint& point) {
  for (const compare::NetworkErrors& at : point.networks)
    if (at.excess.difference > 0.0)
      return fmt::format(", \\\n  {}/x with lines lt 8 dashtype 2 title '{}'\n",
                         at.excess.difference * static_cast<double>(at.width), guide_title);
  return "";
}

std::optional<Figure> excess(const compare::GeneralizationAssessment& assessment) {
  Table table;
  std::vector<Series> all;
  std::map<std::int64_t, int> widths;
  std::string line;
  for (const compare::LearningPoint& point : assessment.points) {
    if (point.networks.size() < 2) continue;
    Series series{fmt::format("P = {}", point.training_points), Mark::dots,
                  static_cast<int>(all.size() % 7) + 1, all.size() / 7 % 2 == 1};
    for (const compare::NetworkErrors& at : point.networks) {
      ++widths[at.width];
      table.add(
          series, point.training_points, at.width,
          {at.excess.draws, at.excess.difference, at.excess_interval.low, at.excess_interval.high});
    }
    if (line.empty()) line = guide(point);
    all.push_back(series);
  }
  if (table.values().empty()) return std::nullopt;
  std::vector<std::int64_t> counts;
  counts.reserve(widths.size());
  for (const auto& [width, times] : widths) counts.push_back(width);
  Figure figure;
  figure.name = "excess_error";
  figure.title = "What a finite width costs";
  figure.plot = count_axis("x", counts) + log_axis("y", table.values()) +
                "set xlabel 'width {/:Italic n} (neurons in a layer)'\n"
                "set ylabel 'excess error / kernel error'\n";
  plot(figure, all, "$3",
       line.empty() ? std::vector<std::string>{} : std::vector{std::string(guide_title)});
  figure.plot += line;
  figure.caption =
      "How much larger the error of networks of width n is than that of regression with the kernel "
      "of infinitely wide ones, as a fraction of it, on the same draws of data. Bars are 95% "
      "intervals over draws; a bar that would reach below zero ends at its dot. A fall as 1/n is "
      "expected: the dashed guide. Where networks do as well as the kernel or better there is no "
      "dot.";
  return figure;
}

}  // namespace

std::vector<Figure> generalization_figures(const compare::GeneralizationAssessment& assessment) {
  std::vector<Figure> figures;
  for (auto&& figure : {learning_curve(assessment), excess(assessment)})
    if (figure) figures.push_back(*figure);
  return figures;
}

}  // namespace wideproof::report
