// SPDX-License-Identifier: MIT
#include <wideproof/compare/assessment.hpp>

#include <cstddef>
#include <utility>

#include <wideproof/compare/measured_series.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

std::vector<LayerComparison> compare_width(const std::vector<PredictedLayer>& predicted,
                                           const std::vector<LayerSeries>& series,
                                           std::size_t width_index, const Options& options) {
  std::vector<LayerComparison> layers;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    const model::LayerMeasurement& measured = series[i].at[width_index];
    layers.push_back(
        compare_layer(measured.layer, mean_estimate(measured, Quantity::gram),
                      mean_estimate(measured, Quantity::correlation), predicted[i], options,
                      rare_below(options, static_cast<double>(measured.width) *
                                              static_cast<double>(measured.replicates))));
  }
  adjust_as_family(layers);
  return layers;
}

void check_shapes(const std::vector<PredictedLayer>& predicted) {
  for (const PredictedLayer& layer : predicted)
    if (layer.gram.rows() != predicted.front().gram.rows())
      throw model::InputError("compare.prediction: every layer needs a matrix of the same shape");
}

}  // namespace

Assessment assess(const std::vector<PredictedLayer>& predicted,
                  const model::Measurement& measurement, const Options& options) {
  check(options);
  check_shapes(predicted);
  const std::vector<LayerSeries> series = series_by_layer(
      measurement, predicted.size(), predicted.empty() ? 0 : predicted.front().gram.rows());
  const std::size_t widths = series.front().widths();

  Assessment assessment;
  assessment.options = options;
  std::vector<LayerComparison> widest;
  for (std::size_t i = 0; i < widths; ++i) {
    widest = compare_width(predicted, series, i, options);
    for (std::size_t layer = 0; layer < series.size(); ++layer) {
      const model::LayerMeasurement& measured = series[layer].at[i];
      assessment.widths.push_back({measured.width, measured.replicates, widest[layer],
                                   relative_variance_times_width(measured)});
    }
  }
  if (widths > 1) assessment.extrapolation = extrapolate(series, predicted, options);
  for (std::size_t layer = 0; layer < series.size(); ++layer)
    assessment.convergence.push_back(convergence(series[layer], predicted[layer]));

  assessment.verdict = judge_overflow(measurement, options);
  if (!assessment.verdict.reasons.empty()) return assessment;
  assessment.verdict = assessment.extrapolation
                           ? judge_limit(*assessment.extrapolation, options)
                           : judge_single_width(widest, measurement.back().width, options);
  return assessment;
}

}  // namespace wideproof::compare
