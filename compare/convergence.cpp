// SPDX-License-Identifier: MIT
#include <wideproof/compare/convergence.hpp>

#include <cmath>
#include <vector>

#include <wideproof/compare/matrix_comparison.hpp>

namespace wideproof::compare {
namespace {

constexpr double noise_multiple = 3.0;
constexpr std::size_t widths_for_bias = 3;

double mean_over_entries(const Eigen::MatrixXd& matrix) {
  double sum = 0.0;
  const std::vector<Entry> entries = distinct_entries(Quantity::gram, matrix.rows());
  for (const Entry& entry : entries) sum += matrix(entry.row, entry.column);
  return sum / static_cast<double>(entries.size());
}

std::optional<Exponent> fluctuation_exponent(const LayerSeries& series) {
  std::vector<double> widths, log_spread, errors;
  for (const model::LayerMeasurement& measured : series.at) {
    const auto width = static_cast<double>(measured.width);
    widths.push_back(width);
    log_spread.push_back(
        0.5 * std::log(mean_over_entries(relative_variance_times_width(measured)) / width));
    errors.push_back(std::sqrt(0.5 / static_cast<double>(measured.replicates - 1)));
  }
  return fit_exponent(widths, log_spread, errors);
}

std::optional<Exponent> bias_exponent(const LayerSeries& series, const Eigen::MatrixXd& gram) {
  const Eigen::MatrixXd scale = norm_scale(gram);
  std::vector<double> widths, log_bias, errors;
  for (const model::LayerMeasurement& measured : series.at) {
    const MatrixEstimate mean = mean_estimate(measured, Quantity::gram);
    const double distance_squared =
        mean_over_entries((mean.value - gram).cwiseQuotient(scale).cwiseAbs2());
    const double noise_squared =
        mean_over_entries(mean.standard_error.cwiseQuotient(scale).cwiseAbs2());
    if (!std::isfinite(noise_squared)) return std::nullopt;
    if (!(distance_squared > noise_multiple * noise_multiple * noise_squared)) continue;
    const double bias_squared = distance_squared - noise_squared;
    widths.push_back(static_cast<double>(measured.width));
    log_bias.push_back(0.5 * std::log(bias_squared));
    // δ log bias = D δD / bias², and δD ≤ S by Cauchy and Schwarz.
    errors.push_back(std::sqrt(distance_squared * noise_squared) / bias_squared);
  }
  if (widths.size() < widths_for_bias) return std::nullopt;
  return fit_exponent(widths, log_bias, errors);
}

}  // namespace

LayerConvergence convergence(const LayerSeries& series, const PredictedLayer& predicted) {
  return {series.layer, fluctuation_exponent(series), bias_exponent(series, predicted.gram)};
}

Eigen::MatrixXd relative_variance_times_width(const model::LayerMeasurement& measured) {
  return static_cast<double>(measured.width) *
         measured.gram.variance.cwiseQuotient(norm_scale(measured.gram.mean).cwiseAbs2());
}

}  // namespace wideproof::compare
