// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/figures/width_lines.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <wideproof/report/figure/figure_text.hpp>

namespace wideproof::report {
namespace {

bool has(const WidthLine& line, double WidthPoint::*number) {
  return std::any_of(line.points.begin(), line.points.end(),
                     [number](const WidthPoint& at) { return std::isfinite(at.*number); });
}

bool any_has(const std::vector<WidthLine>& lines, double WidthPoint::*number) {
  return std::any_of(lines.begin(), lines.end(),
                     [number](const WidthLine& line) { return has(line, number); });
}

std::string field(double number) {
  return std::isfinite(number) ? fmt::format("{}", number) : "";
}

/// The factor between points of one width that stand side by side: 2.5% of the axis, or a tenth of
/// the room that each width has.
double beside(const std::vector<WidthLine>& lines) {
  const auto& points = lines.front().points;
  if (points.empty()) return 1.0;
  const double range =
      2.0 * static_cast<double>(points.back().width) / static_cast<double>(points.front().width);
  return std::pow(range, std::min(0.025, 0.1 / static_cast<double>(points.size())));
}

/// A number as the figures' texts have it, with a true minus.
std::string exponent_text(double value) {
  return fmt::format("{}{:.2f}", value < 0.0 ? "−" : "", std::abs(value));
}

}  // namespace

WidthLine width_line(const GramStudy& study, std::size_t matrix, std::vector<WidthPoint> points) {
  return {matrix, study.assessment.options.name(matrix), std::move(points)};
}

bool any_measured(const std::vector<WidthLine>& lines) {
  return any_has(lines, &WidthPoint::value);
}

bool any_predicted(const std::vector<WidthLine>& lines) {
  return any_has(lines, &WidthPoint::predicted);
}

std::vector<double> numbers_of(const std::vector<WidthLine>& lines) {
  std::vector<double> numbers;
  for (const WidthLine& line : lines)
    if (has(line, &WidthPoint::value))
      for (const WidthPoint& at : line.points)
        for (const double number : {at.value, at.high, at.predicted}) numbers.push_back(number);
  return numbers;
}

std::string table_of(const std::vector<WidthLine>& lines, const char* quantity) {
  std::string csv = fmt::format("layer,width,{},low,high,predicted\n", quantity);
  for (const WidthLine& line : lines)
    for (const auto& [width, value, low, high, predicted] : line.points)
      csv += fmt::format("{},{},{},{},{},{}\n", line.name.key, width, field(value), field(low),
                         field(high), field(predicted));
  return csv;
}

FigureKey key_of(const std::vector<WidthLine>& lines, const std::vector<std::string>& others) {
  std::vector<CurveName> names;
  for (const WidthLine& line : lines)
    if (has(line, &WidthPoint::value)) names.push_back({line.name.name, line.name.name});
  return figure_key(names, others);
}

std::vector<std::string> items_of(const std::vector<WidthLine>& lines, const std::string& name,
                                  Placing placing) {
  std::vector<std::string> items;
  const double step = placing == Placing::side_by_side ? beside(lines) : 1.0;
  int number = 0;
  for (const WidthLine& line : lines) {
    ++number;
    if (!has(line, &WidthPoint::value)) continue;
    const auto width = [&line](double factor) {
      return fmt::format("(strcol(1) eq '{}' ? $2 * {:.6g} : NaN)", line.name.key, factor);
    };
    if (has(line, &WidthPoint::predicted))
      items.push_back(fmt::format("'{}.csv' using {} lt {} lw 1.5 dt 2 notitle", name,
                                  line.points.size() > 1
                                      ? width(1.0) + ":6 with lines"
                                      : fmt::format("{}:6:(0.3 * $2):(0) with vectors nohead",
                                                    width(0.85)),  // no line through one point
                                  number));
    const double aside = std::pow(step, number - 0.5 * static_cast<double>(lines.size() + 1));
    // yerrorbars would clear a space around each point, and hide others.
    items.push_back(
        fmt::format("'{0}.csv' using {1}:3:{1}:{1}:4:5 with xyerrorbars lt {2} lw 1.5 title '{3}'",
                    name, width(aside), number, line.name.name));
  }
  return items;
}

std::string beside_text(const std::vector<WidthLine>& lines) {
  return lines.size() > 1 ? " Dots of one width stand side by side around it." : "";
}

std::string symbols_of(const GramStudy& study, const std::string& entry) {
  const std::string index = entry.empty() ? "" : "_{" + entry + "}";
  if (!study.assessment.options.norms_are_predicted) return "{/:Italic c" + index + "}";
  const std::string gram = "{/:Italic G" + index + "}";
  return study.further ? gram + ", " + study.further->symbol + index : gram;
}

std::string width_axis(const GramStudy& study) {
  std::vector<std::int64_t> widths;
  for (const model::WidthSeries& at : study.series.widths) widths.push_back(at.width);
  return width_axis(widths);
}

std::string y_axis(const std::vector<WidthLine>& lines) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const WidthLine& line : lines) {
    if (!has(line, &WidthPoint::value)) continue;
    for (const WidthPoint& at : line.points) {
      for (const double number : {at.low, at.high, at.predicted}) {
        if (!std::isfinite(number)) continue;
        low = std::min(low, number);
        high = std::max(high, number);
      }
    }
  }
  if (low > 0.0 && high > 30.0 * low) return decades_axis('y', decades_of({low, high}));
  const double margin = std::max({0.1 * (high - low), 0.02 * std::abs(high), 1e-6});
  return fmt::format("set yrange [{:.6g}:{:.6g}]\n", low - margin, high + margin);
}

std::string exponents_text(const GramStudy& study,
                           std::optional<compare::Exponent> compare::LayerConvergence::*member,
                           const std::vector<WidthLine>& lines, const char* predicted) {
  std::string text;
  for (const WidthLine& line : lines) {
    const auto& exponent = study.assessment.convergence[line.matrix].*member;
    if (!exponent) continue;
    text += fmt::format("{} {}: {} ({} to {})", text.empty() ? "" : ";", line.name.name,
                        exponent_text(exponent->value), exponent_text(exponent->low),
                        exponent_text(exponent->high));
  }
  if (text.empty()) return {};
  return fmt::format(" Fitted exponents with 95% intervals:{}; predicted {}.", text, predicted);
}

}  // namespace wideproof::report
