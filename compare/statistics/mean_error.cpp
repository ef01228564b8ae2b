// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/mean_error.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double squares_about(const std::vector<double>& values, double mean) {
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return squares;
}

}  // namespace

MeanError mean_error(const std::vector<double>& values) {
  std::vector<double> kept;
  for (const double value : values)
    if (std::isfinite(value)) kept.push_back(value);
  if (kept.empty()) return {0, nan, nan, nan};
  const auto draws = static_cast<double>(kept.size());
  const double mean = mean_of(kept);
  MeanError result{static_cast<std::int64_t>(kept.size()), mean, nan, nan};
  if (kept.size() < 2) return result;
  const double error = std::sqrt(squares_about(kept, mean) / (draws * (draws - 1.0)));
  const double factor =
      error == 0.0 ? 1.0 : std::exp(student_upper_quantile(0.025, draws - 1.0) * error / mean);
  result.low = mean / factor;
  result.high = mean * factor;
  return result;
}

VarianceComponents variance_components(const std::vector<std::vector<double>>& values) {
  std::vector<double> means;
  double squares = 0.0;
  double spare = 0.0;
  double inverse_counts = 0.0;
  for (const std::vector<double>& networks : values) {
    if (networks.empty()) continue;
    const auto count = static_cast<double>(networks.size());
    means.push_back(mean_of(networks));
    squares += squares_about(networks, means.back());
    spare += count - 1.0;
    inverse_counts += 1.0 / count;
  }
  VarianceComponents result{nan, nan};
  if (spare == 0.0) return result;
  const double within = squares / spare;
  result.between_networks = std::sqrt(within);
  if (means.size() < 2) return result;
  const auto draws = static_cast<double>(means.size());
  const double between = squares_about(means, mean_of(means)) / (draws - 1.0);
  result.between_draws = std::sqrt(std::max(0.0, between - within * inverse_counts / draws));
  return result;
}

}  // namespace wideproof::compare
