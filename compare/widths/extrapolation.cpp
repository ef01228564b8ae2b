// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/extrapolation.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/widths/limit_fit.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

double neurons_at_all_widths(const LayerSeries& series) {
  double neurons = 0.0;
  for (const auto& measured : series.at)
    neurons += static_cast<double>(measured.width) * static_cast<double>(measured.replicates);
  return neurons;
}

std::vector<LayerComparison> entry_limits(const std::vector<LayerSeries>& series,
                                          const std::vector<PredictedLayer>& predicted,
                                          const JudgedPairs& judged, int order,
                                          const Options& options) {
  const double rare = rare_below(options, neurons_at_all_widths(series.front()));
  std::vector<LayerComparison> layers;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const auto fit = [&](Quantity quantity, const Eigen::MatrixXd& matrix) {
      return fit_limit(series[i], quantity, order, options.rounding * norm_scale(matrix));
    };
    layers.push_back(compare_layer(series[i].layer, fit(Quantity::gram, predicted[i].gram),
                                   fit(Quantity::correlation, predicted[i].correlation),
                                   predicted[i], options, rare));
    leave_out(layers.back(), judged, i);
  }
  adjust_as_family(layers);
  return layers;
}

}  // namespace

Extrapolation extrapolate(const std::vector<LayerSeries>& series,
                          const std::vector<PredictedLayer>& predicted,
                          const std::vector<ClassColumn>& columns, const WidthVectors& means,
                          const JudgedPairs& judged, const Options& options) {
  const std::size_t widths = series.front().widths();
  const int least = options.order.value_or(1);
  if (widths < 2 || widths < static_cast<std::size_t>(least) + 1)
    throw model::InputError(
        fmt::format("order = {}: needs at least {} widths, but {} were simulated", least,
                    std::max(2, least + 1), widths));

  Eigen::VectorXd predicted_means(static_cast<Eigen::Index>(columns.size()));
  for (std::size_t k = 0; k < columns.size(); ++k)
    predicted_means[static_cast<Eigen::Index>(k)] = columns[k].predicted;
  Extrapolation result;
  result.columns = columns;
  result.classes =
      fit_class_limit(means, predicted_means, options.order, options.lack_of_fit_error);
  result.order = result.classes.order;
  if (result.classes.lack_of_fit) result.lack_of_fit_p = result.classes.lack_of_fit->p_value;
  result.layers = entry_limits(series, predicted, judged, result.order, options);
  result.p_value = smallest_p(result.layers);
  if (result.classes.guard)
    result.guard_p_value =
        smallest_p(entry_limits(series, predicted, judged, result.order + 1, options));
  return result;
}

}  // namespace wideproof::compare
