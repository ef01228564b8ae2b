// SPDX-License-Identifier: MIT
#include <wideproof/compare/extrapolation.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/holm.hpp>
#include <wideproof/compare/limit_fit.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

constexpr std::size_t widths_for_curvature = 4;

double neurons_sampled(const LayerSeries& series) {
  double neurons = 0.0;
  for (const auto& measured : series.at)
    neurons += static_cast<double>(measured.width) * static_cast<double>(measured.replicates);
  return neurons;
}

/// All fits of one order, without the choice of the order.
Extrapolation fit_all(const std::vector<LayerSeries>& series,
                      const std::vector<PredictedLayer>& predicted, const Options& options,
                      int order) {
  Extrapolation result;
  result.order = order;
  std::vector<double> lack_of_fit;
  const double rare = rare_below(options, neurons_sampled(series.front()));
  for (std::size_t i = 0; i < series.size(); ++i) {
    const auto fit = [&](Quantity quantity, const Eigen::MatrixXd& matrix) {
      LimitFit fitted =
          fit_limit(series[i], quantity, order, options.rounding * norm_scale(matrix));
      const MatrixComparison comparison = set_beside(fitted.limit, matrix, options.rounding);
      for (const auto& [of, a, b] : distinct_entries(quantity, matrix.rows()))
        lack_of_fit.push_back(comparison.is_rare(a, b, rare) ? 1.0 : fitted.lack_of_fit_p(a, b));
      return fitted.limit;
    };
    MatrixEstimate gram = fit(Quantity::gram, predicted[i].gram);
    MatrixEstimate correlation = fit(Quantity::correlation, predicted[i].correlation);
    result.layers.push_back(compare_layer(series[i].layer, std::move(gram), std::move(correlation),
                                          predicted[i], options, rare));
  }
  adjust_as_family(result.layers);
  result.p_value = smallest_p(result.layers);
  double smallest = std::numeric_limits<double>::quiet_NaN();
  for (const double p : holm_adjusted(lack_of_fit)) smallest = std::fmin(smallest, p);
  if (!std::isnan(smallest)) result.lack_of_fit_p = smallest;
  return result;
}

}  // namespace

Extrapolation extrapolate(const std::vector<LayerSeries>& series,
                          const std::vector<PredictedLayer>& predicted, const Options& options) {
  const std::size_t widths = series.front().widths();
  const int order = options.order.value_or(1);
  if (widths < 2 || widths < static_cast<std::size_t>(order) + 1)
    throw model::InputError(
        fmt::format("compare.order = {}: needs at least {} widths, but {} were simulated", order,
                    std::max(2, order + 1), widths));

  Extrapolation chosen = fit_all(series, predicted, options, order);
  if (options.order || widths < widths_for_curvature) return chosen;
  Extrapolation curved = fit_all(series, predicted, options, 2);
  if (chosen.lack_of_fit_p && *chosen.lack_of_fit_p < options.lack_of_fit_error) return curved;
  chosen.guard_p_value = curved.p_value;
  return chosen;
}

}  // namespace wideproof::compare
