// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/heavy_tails.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>
#include <wideproof/compare/statistics/power_of_two.hpp>

namespace wideproof::compare {
namespace {

constexpr double largest_skewness = 0.2;
constexpr double least_replicates = 30.0;
constexpr double standing_out = 5.0;
constexpr double smallest_part = 0.1;

/// Sums over widths that γ and R_eff are made of.
class TailSums {
 public:
  /// The networks of one width, weighted `influence` in L. Those that do not vary add nothing.
  void add(const Eigen::ArrayXd& networks, double influence) {
    const auto replicates = static_cast<double>(networks.size());
    const Eigen::ArrayXd centred = networks - networks.mean();
    const double variance = centred.square().mean();
    if (!(variance > 0.0)) return;
    const double skewness = centred.cube().mean() / std::pow(variance, 1.5);
    const double kurtosis = centred.square().square().mean() / (variance * variance);
    const double share = influence * influence * variance / replicates;
    const double cubed = std::pow(share, 1.5);
    variance_ += share;
    third_ += std::copysign(cubed, influence) * skewness / std::sqrt(replicates);
    third_noise_ += cubed * cubed * 6.0 / (replicates * replicates);
    fourth_ += share * share * (kurtosis - 1.0) / replicates;
    normal_fourth_ += share * share * 2.0 / replicates;
    fourth_noise_ += std::pow(share, 4) * 24.0 / std::pow(replicates, 3);
  }

  /// A variance beside the networks' own, such as that of rounding.
  void add_without_tails(double variance) { variance_ += variance; }

  double skewness() const { return third_ / std::pow(variance_, 1.5); }
  double effective_replicates() const { return 2.0 * variance_ * variance_ / fourth_; }

  bool is_heavy() const {
    if (!(fourth_ > 0.0)) return false;
    return (std::abs(skewness()) > largest_skewness &&
            std::abs(third_) > standing_out * std::sqrt(third_noise_)) ||
           (effective_replicates() < least_replicates &&
            fourth_ - normal_fourth_ > standing_out * std::sqrt(fourth_noise_));
  }

 private:
  double variance_ = 0.0;  ///< Σ v
  double third_ = 0.0;     ///< Σ v^{3/2} sgn(a) g/√R
  double third_noise_ = 0.0;
  double fourth_ = 0.0;  ///< Σ v² (k − 1)/R
  double normal_fourth_ = 0.0;
  double fourth_noise_ = 0.0;
};

}  // namespace

std::vector<HeavyTail> heavy_tails(const model::ClassSeries& series,
                                   const std::vector<ClassColumn>& columns,
                                   const Eigen::VectorXd& influence, const Options& options) {
  std::vector<HeavyTail> tails;
  for (const ClassColumn& column : columns) {
    const double unit = power_of_two_below(column.scale);
    TailSums sums;
    Eigen::Index width = 0;
    for (const model::WidthSeries& at : series.widths) {
      sums.add_without_tails(
          std::pow(influence[width] * options.rounding * column.scale / unit, 2));
      sums.add(at.estimates().col(column.column).array() / unit, influence[width++]);
    }
    if (sums.is_heavy()) tails.push_back({column, sums.skewness(), sums.effective_replicates()});
  }
  return tails;
}

bool is_heavy_at_a_width(const model::ClassSeries& series, const ClassColumn& column) {
  // Correlations are judged by the networks' Gram matrices too, in which their scale is not known.
  return std::any_of(series.widths.begin(), series.widths.end(), [&column](const auto& at) {
    const auto networks = at.means.col(column.column).array();
    TailSums sums;
    sums.add(networks / power_of_two_below(networks.abs().maxCoeff()), 1.0);
    return sums.is_heavy();
  });
}

bool is_spread_heavy(const model::ClassSeries& series, const std::vector<ClassColumn>& columns) {
  const Eigen::VectorXd sizes = series.classes.sizes().cast<double>();
  const Eigen::Index classes = series.classes.count();
  return std::any_of(columns.begin(), columns.end(), [&](const ClassColumn& column) {
    const bool contributes =
        std::any_of(series.widths.begin(), series.widths.end(), [&](const auto& at) {
          const Eigen::VectorXd parts =
              at.gram_variances
                  .middleCols(static_cast<Eigen::Index>(column.layer) * classes, classes)
                  .colwise()
                  .mean()
                  .transpose()
                  .cwiseProduct(sizes);
          return parts[column.label] >= smallest_part * parts.sum();
        });
    return contributes && is_heavy_at_a_width(series, column);
  });
}

const HeavyTail& worst_of(const std::vector<HeavyTail>& tails) {
  return *std::min_element(tails.begin(), tails.end(), [](const auto& one, const auto& other) {
    return one.effective_replicates < other.effective_replicates;
  });
}

double replicates_for(const std::vector<HeavyTail>& tails) {
  double factor = 1.0;
  for (const HeavyTail& tail : tails)
    factor = std::max({factor, least_replicates / tail.effective_replicates,
                       std::pow(tail.skewness / largest_skewness, 2)});
  return factor;
}

std::string describe(const HeavyTail& tail) {
  return fmt::format(
      "{}: rare networks dominate the estimate (its skewness is {:.2g}, and {:.0f} normal networks "
      "would tell its variance as well)",
      name_of(tail.column), tail.skewness, tail.effective_replicates);
}

}  // namespace wideproof::compare
