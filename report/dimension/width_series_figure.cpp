// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/width_series_figure.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/report/dimension/curves.hpp>
#include <wideproof/report/dimension/words.hpp>

namespace wideproof::report {
namespace {

using compare::DimensionQuantity;

constexpr int steps_of_a_curve = 80;

/// 1/N^p and D̃ at this width by the series in (N₀/N)^p.
CurvePoint on_series(const compare::DimensionEstimate& estimate, double narrowest, double x,
                     double power) {
  double sum = 0.0;
  const double step = x * std::pow(narrowest, power);
  for (Eigen::Index k = estimate.series.size(); k-- > 0;) sum = sum * step + estimate.series[k];
  const double value = estimate.number.shown(sum);
  return {x, value, value, value};
}

/// Tics of an axis of 1/N^p; those that stand too near to another one have no label.
std::vector<std::string> width_tics(const std::vector<std::int64_t>& widths, double power) {
  const auto place = [power](std::int64_t width) {
    return std::pow(static_cast<double>(width), -power);
  };
  const double least_distance = 0.16 * place(widths.front());
  std::vector<std::string> tics = {"'∞' 0"};
  double last = std::numeric_limits<double>::infinity();
  for (const std::int64_t width : widths) {
    const double x = place(width);
    const bool is_labelled = last - x >= least_distance && x >= least_distance;
    tics.push_back(is_labelled ? fmt::format("'{}' {:.6g}", width, x)
                               : fmt::format("'' {:.6g} 1", x));
    if (is_labelled) last = x;
  }
  return tics;
}

}  // namespace

std::optional<Figure> width_series_figure(const compare::DimensionAssessment& assessment) {
  const double power = assessment.options.power;
  const std::size_t depth = assessment.depth();
  Curve means{"means", curve_dots(1)};
  for (const compare::WidthDimension& at : assessment.widths)
    if (static_cast<std::size_t>(at.layer) == depth && std::isfinite(at.dimensionality.mean))
      means.points.push_back(
          curve_point(std::pow(static_cast<double>(at.width), -power), at.dimensionality));
  if (means.points.size() < 2) return std::nullopt;
  const double widest_x = means.points.front().x;
  Curve theory{"theory", "with lines lt 7 lw 1.5 dt 2", true};
  Curve series{"series", "with lines lt 1 lw 1.5", true};
  Curve limit{"limit", curve_dots(7, true)};
  if (assessment.prediction) {
    const double d = assessment.prediction->layers.back().dimensionality;
    if (std::isfinite(d)) theory.points = {{0.0, d, d, d}, {1.05 * widest_x, d, d, d}};
  }
  const compare::DimensionEstimate* estimate =
      assessment.limits && depth > 0
          ? shown_estimate(assessment, DimensionQuantity::dimensionality, depth - 1)
          : nullptr;
  if (estimate != nullptr && std::isfinite(estimate->number.shown(estimate->value))) {
    limit.points = {curve_point(0.0, *estimate)};
    for (int i = 0; i <= steps_of_a_curve; ++i)
      series.points.push_back(on_series(*estimate,
                                        static_cast<double>(assessment.widths.front().width),
                                        widest_x * i / steps_of_a_curve, power));
    std::erase_if(series.points, [](const CurvePoint& at) { return std::isnan(at.value); });
  }
  Figure figure;
  figure.name = "dimensionality_by_width";
  figure.title = "The last layer's dimensionality against width";
  const std::vector<Curve> curves = {theory, series, means, limit};
  draw_curves(figure, curves,
              fmt::format("set xrange [{:.6g}:{:.6g}]\nset xtics ({})\n"
                          "set xlabel 'width {{/:Italic N}}, on a scale of {}'\nset ylabel '{}'\n",
                          -0.04 * widest_x, 1.05 * widest_x,
                          fmt::join(width_tics(assessment.simulated_widths(), power), ", "),
                          series_in_words(assessment),
                          axis_label(assessment, DimensionQuantity::dimensionality)),
              curve_heights(curves, false));
  figure.caption = fmt::format(
      "Dimensionality of layer {} against the width, the axis being {}: the limit of infinitely "
      "wide "
      "layers is at the left. Dots are means over networks",
      depth, series_in_words(assessment));
  if (!limit.points.empty())
    figure.caption += fmt::format(
        ", the line their series of order {} in {} (of 1/D̃), and the ring where it ends",
        assessment.limits->order(), series_in_words(assessment));
  figure.caption += "; bars are 95% intervals.";
  if (!theory.points.empty()) figure.caption += " Dashed: the prediction of the limit.";
  if (!assessment.convergence.empty() && assessment.convergence.back().bias) {
    const compare::Exponent& e = *assessment.convergence.back().bias;
    figure.caption += fmt::format(
        " The distance from the prediction falls as N to the power of {:.2f} ({:.2f} to {:.2f}).",
        e.value, e.low, e.high);
  }
  return figure;
}

}  // namespace wideproof::report
