// SPDX-License-Identifier: MIT
#include <wideproof/report/training/width_figures.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/curves.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/training/words.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_steps_of_widths = 3;

/// The power law of that exponent through the point of the largest width.
Curve power_law(const compare::TrainingAssessment& assessment, double exponent,
                const CurvePoint& through) {
  Curve curve{fmt::format("n^{{{:.2f}}}", exponent), "with lines lt 7 lw 1.5 dt 2", true};
  for (const std::int64_t width : assessment.widths()) {
    const double y = through.value * std::pow(static_cast<double>(width) / through.x, exponent);
    curve.points.push_back({static_cast<double>(width), y, y, y});
  }
  return curve;
}

void draw_by_width(Figure& figure, const compare::TrainingAssessment& assessment,
                   const std::vector<Curve>& curves, const std::string& label) {
  draw_curves(figure, curves,
              width_axis(assessment.widths()) + log_axis("y", ends_of(curves)) +
                  fmt::format("set ylabel '{}'\n", label));
}

}  // namespace

std::optional<Figure> spread_figure(const compare::TrainingAssessment& assessment) {
  const std::size_t widths = assessment.widths().size();
  if (widths < 2) return std::nullopt;
  std::vector<Curve> curves;
  std::vector<Curve> lines;
  int line_type = 0;
  for (const std::size_t step : spread_out(assessment.steps.size(), most_steps_of_widths)) {
    ++line_type;
    Curve dots{fmt::format("step {}", assessment.steps[step]), curve_dots(line_type)};
    for (std::size_t w = 0; w < widths; ++w)
      if (const double y = deviation_at(assessment, w, step); y > 0.0 && std::isfinite(y))
        dots.points.push_back({static_cast<double>(assessment.at(w, step).width), y, y, y});
    const double predicted = predicted_deviation(assessment, step);
    if (predicted > 0.0 && !dots.points.empty()) {
      // A comma would end the field of the table that gnuplot finds the series by.
      lines.push_back({fmt::format("limit ({})", assessment.steps[step]),
                       fmt::format("with lines lt {} lw 1 dt 2", line_type), true});
      for (const CurvePoint& at : dots.points)
        lines.back().points.push_back({at.x, predicted, predicted, predicted});
    }
    if (!dots.points.empty()) curves.push_back(std::move(dots));
  }
  if (curves.empty()) return std::nullopt;
  Figure figure;
  figure.name = "spread";
  figure.title = "How much trained networks differ";
  figure.caption =
      "How far the outputs of one network lie from another's, the root of their mean variance over "
      "outputs and inputs, against the width n.";
  if (!lines.empty()) figure.caption += " Dashed: what the limit of infinite width predicts.";
  if (assessment.deviation_exponent) {
    const auto& fitted = *assessment.deviation_exponent;
    lines.push_back(power_law(assessment, fitted.exponent.value,
                              {static_cast<double>(assessment.means.back().width),
                               deviation_at(assessment, widths - 1, fitted.step)}));
    figure.caption += fmt::format(
        " After step {} it falls as n to the power {}; outputs less those at the start do so with "
        "the power −0.5.",
        assessment.steps[fitted.step], in_words(fitted.exponent));
  }
  curves.insert(curves.end(), lines.begin(), lines.end());
  draw_by_width(figure, assessment, curves, "deviation of a network");
  return figure;
}

std::optional<Figure> drift_figure(const compare::TrainingAssessment& assessment) {
  const std::size_t widths = assessment.widths().size();
  if (widths < 2 || assessment.steps.empty()) return std::nullopt;
  Curve dots{"networks", curve_dots(1)};
  for (std::size_t w = 0; w < widths; ++w) {
    const compare::TrainedMeans& at = assessment.at(w, assessment.steps.size() - 1);
    if (!(at.tangent_drift.mean > 0.0)) continue;
    CurvePoint point = curve_point(static_cast<double>(at.width), at.tangent_drift.mean,
                                   at.tangent_drift.standard_error);
    if (!(point.low > 0.0)) point.low = point.value;
    dots.points.push_back(point);
  }
  if (dots.points.empty()) return std::nullopt;
  Figure figure;
  figure.name = "tangent_drift";
  figure.title = "How far training moves the tangent kernel";
  figure.caption = fmt::format(
      "The distance ‖Θ̂ − Θ̂₀‖/‖Θ̂₀‖ of each network's tangent kernel on the training inputs from "
      "that at its start, after step {}, against the width n; bars are 95% intervals of the mean.",
      assessment.steps.back());
  std::vector<Curve> curves = {dots};
  if (assessment.drift_exponent) {
    curves.push_back(power_law(assessment, assessment.drift_exponent->value, dots.points.back()));
    figure.caption += fmt::format(" It goes as n to the power {} (dashed).",
                                  in_words(*assessment.drift_exponent));
  }
  draw_by_width(figure, assessment, curves, "relative drift of the tangent kernel");
  return figure;
}

}  // namespace wideproof::report
