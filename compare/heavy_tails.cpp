// SPDX-License-Identifier: MIT
#include <wideproof/compare/heavy_tails.hpp>

#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <Eigen/Core>

namespace wideproof::compare {
namespace {

constexpr double skewness_of_mean = 0.2;
constexpr double least_replicates = 30.0;
constexpr double standing_out = 5.0;

bool is_heavy(const HeavyTail& tail, double replicates) {
  const double skewness = std::abs(tail.skewness);
  return (skewness / std::sqrt(replicates) > skewness_of_mean &&
          skewness > standing_out * std::sqrt(6.0 / replicates)) ||
         (tail.effective_replicates < least_replicates &&
          tail.kurtosis - 3.0 > standing_out * std::sqrt(24.0 / replicates));
}

}  // namespace

std::vector<HeavyTail> heavy_tails(const model::ClassSeries& series,
                                   const std::vector<ClassColumn>& columns) {
  std::vector<HeavyTail> tails;
  for (const model::WidthSeries& at : series.widths) {
    const Eigen::MatrixXd rows = rows_of(at, columns);
    const auto replicates = static_cast<double>(rows.rows());
    std::optional<HeavyTail> worst;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const Eigen::ArrayXd sample = rows.col(static_cast<Eigen::Index>(k));
      const Eigen::ArrayXd centred = sample - sample.mean();
      const double variance = centred.square().mean();
      if (!(variance > 0.0)) continue;
      HeavyTail tail{at.width, columns[k], centred.cube().mean() / std::pow(variance, 1.5),
                     centred.square().square().mean() / (variance * variance), 0.0};
      tail.effective_replicates = 2.0 * replicates / (tail.kurtosis - 1.0);
      if (is_heavy(tail, replicates) &&
          (!worst || tail.effective_replicates < worst->effective_replicates))
        worst = tail;
    }
    if (worst) tails.push_back(*worst);
  }
  return tails;
}

std::string describe(const HeavyTail& tail) {
  return fmt::format(
      "width {}, {}: skewness {:.2g} and kurtosis {:.3g} over networks, so the standard error is "
      "known no better than from {:.0f} normal ones",
      tail.width, name_of(tail.column), tail.skewness, tail.kurtosis, tail.effective_replicates);
}

}  // namespace wideproof::compare
