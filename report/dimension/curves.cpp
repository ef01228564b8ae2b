// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/curves.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <wideproof/report/figure/figure_key.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/figure/normal_interval.hpp>

namespace wideproof::report {
namespace {

std::string cell(double number) {
  return std::isfinite(number) ? fmt::format("{}", number) : "";
}

}  // namespace

CurvePoint curve_point(double x, const compare::DimensionMean& mean) {
  const double half = std::isfinite(mean.standard_error) ? normal_95 * mean.standard_error : 0.0;
  return {x, mean.mean, mean.mean - half, mean.mean + half};
}

CurvePoint curve_point(double x, const compare::DimensionEstimate& estimate) {
  const compare::Interval interval = estimate.number.shown(estimate.interval(0.95));
  const double value = estimate.number.shown(estimate.value);
  return {x, value, std::isfinite(interval.low) ? interval.low : value,
          std::isfinite(interval.high) ? interval.high : value};
}

CurveHeights curve_heights(const std::vector<Curve>& curves, bool from_zero) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CurveHeights heights{from_zero ? 0.0 : infinity, from_zero ? 0.0 : -infinity};
  for (const Curve& curve : curves)
    for (const CurvePoint& at : curve.points)
      for (const double end : {at.value, at.low, at.high}) {
        heights.low = std::min(heights.low, end);
        heights.high = std::max(heights.high, end);
      }
  const double room =
      std::max({0.06 * (heights.high - heights.low), 1e-3 * std::abs(heights.high), 1e-6});
  if (!from_zero || heights.low < 0.0) heights.low -= room;
  heights.high += room;
  return heights;
}

void draw_curves(Figure& figure, const std::vector<Curve>& curves, const std::string& axes,
                 const CurveHeights& heights) {
  std::vector<CurveName> names;
  std::vector<std::string> items;
  figure.csv = "series,x,value,low,high\n";
  for (const Curve& curve : curves) {
    if (curve.points.empty()) continue;
    for (const CurvePoint& at : curve.points)
      figure.csv += fmt::format("{},{},{},{},{}\n", curve.title, at.x, cell(at.value), cell(at.low),
                                cell(at.high));
    names.push_back({curve.title, curve.title});
    const std::string x = fmt::format("(strcol(1) eq '{}' ? $2 : NaN)", curve.title);
    // yerrorbars would clear a space around each point, and hide others.
    items.push_back(fmt::format("'{}.csv' using {} {} title '{}'", figure.name,
                                curve.is_line ? x + ":3" : fmt::format("{0}:3:{0}:{0}:4:5", x),
                                curve.style, curve.title));
  }
  const FigureKey key = figure_key(names);
  figure.height_over_width = 0.8 + key.height;
  figure.plot = key.commands + axes +
                fmt::format("set yrange [{:.6g}:{:.6g}]\n", heights.low, heights.high) +
                plot(items);
}

std::string curve_dots(int line_type, bool is_hollow) {
  return fmt::format("with xyerrorbars lt {} lw 1.5{}", line_type, is_hollow ? " pt 6" : "");
}

std::string axis_label(const compare::DimensionAssessment& assessment,
                       compare::DimensionQuantity quantity) {
  if (quantity == compare::DimensionQuantity::correlation_strength)
    return "correlation strength {/:Italic N} Σ";
  return assessment.is_of_fixed_dimension ? "dimensionality {/:Italic N D̃}"
                                          : "dimensionality {/:Italic D̃}";
}

}  // namespace wideproof::report
