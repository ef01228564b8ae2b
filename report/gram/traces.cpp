// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/traces.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <wideproof/model/least_aligned.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/gram/figures/kernel_row.hpp>
#include <wideproof/report/gram/figures/measured_map.hpp>
#include <wideproof/report/gram/figures/width_points.hpp>
#include <wideproof/report/gram/traced_figures.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_dots = 16;

void add_dot(SweepTrace& trace, double x, double y, double error) {
  if (!std::isfinite(x) || !std::isfinite(y) || !std::isfinite(error)) return;
  trace.dot_x.push_back(x);
  trace.dot_y.push_back(y);
  trace.dot_error.push_back(error);
}

const GramTracedFigures& figures_for(const GramStudy& study) {
  return gram_traced_figures(study.experiment.compare().prediction_kind !=
                             model::PredictionKind::correlation);
}

SweepTrace correlation_map_trace(const GramStudy& study) {
  SweepTrace trace{.figure = gram_traced_figures().correlation_map};
  const std::vector<model::TheoryCurve>& maps = study.curves.map;
  if (maps.empty()) return trace;
  trace.line_x = maps.back().x;
  trace.line_y = maps.back().y;
  if (study.measurement.empty()) return trace;
  std::vector<MappedCorrelation> measured;
  const auto last = static_cast<std::int64_t>(study.layers()) - 1;
  for (std::int64_t from = 1; from <= last; ++from) {
    if (maps.back().layer > 0 && maps.back().layer != from) continue;
    const std::vector<MappedCorrelation> of_layer = measured_map(study, from);
    measured.insert(measured.end(), of_layer.begin(), of_layer.end());
  }
  std::sort(measured.begin(), measured.end(),
            [](const auto& one, const auto& other) { return one.c.value < other.c.value; });
  for (const std::size_t i : spread_out(measured.size(), most_dots))
    add_dot(trace, measured[i].c.value, measured[i].next.value, measured[i].next.error);
  return trace;
}

SweepTrace correlation_by_layer_trace(const GramStudy& study) {
  SweepTrace trace{.figure = gram_traced_figures().correlation_by_layer};
  const auto pair = model::least_aligned(study.theory.layers.front().preactivation);
  if (!pair || study.layers() < 2) return trace;
  const auto [a, b] = *pair;
  trace.about = fmt::format("inputs {} and {}", a + 1, b + 1);
  for (std::size_t l = 1; l <= study.layers(); ++l) {
    const auto layer = static_cast<std::int64_t>(l);
    // The kernel that a layer sees was predicted, as it was measured, with the layer before.
    const model::LayerPrediction& seen = study.theory.layers[l < 2 ? 0 : l - 2];
    const Eigen::MatrixXd& kernel = l < 2 ? seen.preactivation : seen.next_kernel;
    trace.line_x.push_back(static_cast<double>(l));
    trace.line_y.push_back(kernel(a, b) / std::sqrt(kernel(a, a) * kernel(b, b)));
    if (l < 2 || study.measurement.empty()) continue;
    const KernelCorrelation c = kernel_correlation(study, layer, a, b);
    add_dot(trace, static_cast<double>(l), c.value, c.error);
  }
  return trace;
}

SweepTrace kernel_angle_trace(const GramStudy& study) {
  SweepTrace trace{.figure = figures_for(study).kernel_angle};
  if (!is_on_a_circle(study)) return trace;
  KernelRow row = kernel_row(study, study.assessment.best_estimates(), study.layers() - 1);
  trace.line_x = std::move(row.predicted_angle);
  trace.line_y = std::move(row.predicted);
  trace.dot_x = std::move(row.angle);
  trace.dot_y = std::move(row.measured);
  trace.dot_error = std::move(row.error);
  return trace;
}

/// In units of `unit`.
SweepTrace by_width(const std::shared_ptr<const TracedFigure>& figure,
                    const std::vector<WidthPoint>& points, double unit) {
  SweepTrace trace{.figure = figure};
  for (const WidthPoint& at : points) {
    const auto n = static_cast<double>(at.width);
    add_dot(trace, n, at.value / unit, (at.high - at.low) / (2.0 * normal_95 * unit));
    if (!std::isfinite(at.predicted)) continue;
    trace.line_x.push_back(n);
    trace.line_y.push_back(at.predicted / unit);
  }
  return trace;
}

}  // namespace

std::vector<SweepTrace> gram_traces(const GramStudy& study) {
  if (study.measurement.empty())
    return {correlation_map_trace(study), correlation_by_layer_trace(study)};
  const std::size_t last = study.layers() - 1;
  const double square = study.prediction[last].gram.diagonal().cwiseAbs2().mean();
  const GramTracedFigures& figures = figures_for(study);
  return {correlation_map_trace(study),
          correlation_by_layer_trace(study),
          kernel_angle_trace(study),
          by_width(figures.norm_by_width, norm_points(study, last), 1.0),
          by_width(figures.fluctuation_by_width,
                   fluctuation_points(study, compare::Quantity::gram, 0, last), square),
          by_width(figures.deviation_by_width, spread_points(study, last), std::sqrt(square))};
}

}  // namespace wideproof::report
