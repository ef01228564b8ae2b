// SPDX-License-Identifier: MIT
#include <wideproof/report/figure/curves.hpp>

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

CurvePoint curve_point(double x, double mean, double standard_error) {
  const double half = std::isfinite(standard_error) ? normal_95 * standard_error : 0.0;
  return {x, mean, mean - half, mean + half};
}

std::vector<double> ends_of(const std::vector<Curve>& curves) {
  std::vector<double> ends;
  for (const Curve& curve : curves)
    for (const CurvePoint& at : curve.points) ends.insert(ends.end(), {at.value, at.low, at.high});
  return ends;
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
  draw_curves(figure, curves,
              axes + fmt::format("set yrange [{:.6g}:{:.6g}]\n", heights.low, heights.high));
}

void draw_curves(Figure& figure, const std::vector<Curve>& curves, const std::string& axes) {
  std::vector<CurveName> names;
  std::vector<std::string> items, bands;
  figure.csv = "series,x,value,low,high\n";
  for (const Curve& curve : curves) {
    if (curve.points.empty()) continue;
    for (const CurvePoint& at : curve.points)
      figure.csv += fmt::format("{},{},{},{},{}\n", curve.title, at.x, cell(at.value), cell(at.low),
                                cell(at.high));
    names.push_back({curve.title, curve.title});
    const std::string x = fmt::format("(strcol(1) eq '{}' ? $2 : NaN)", curve.title);
    if (curve.has_band)
      bands.push_back(fmt::format("'{}.csv' using {}:4:5 {} notitle", figure.name, x,
                                  "with filledcurves fs transparent solid 0.2 noborder lt " +
                                      std::to_string(curve.band_type)));
    // yerrorbars would clear a space around each point, and hide others.
    items.push_back(fmt::format("'{}.csv' using {} {} title '{}'", figure.name,
                                curve.is_line ? x + ":3" : fmt::format("{0}:3:{0}:{0}:4:5", x),
                                curve.style, curve.title));
  }
  items.insert(items.begin(), bands.begin(), bands.end());
  const FigureKey key = figure_key(names);
  figure.height_over_width = 0.8 + key.height;
  figure.plot = key.commands + axes + plot(items);
}

std::string curve_dots(int line_type, bool is_hollow) {
  return fmt::format("with xyerrorbars lt {} lw 1.5{}", line_type, is_hollow ? " pt 6" : "");
}

}  // namespace wideproof::report
