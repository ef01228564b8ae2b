// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/heavy_tails.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>
#include <wideproof/compare/statistics/power_of_two.hpp>
#include <wideproof/compare/statistics/tail_sums.hpp>

namespace wideproof::compare {
namespace {

constexpr double smallest_part = 0.1;

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
    factor = std::max(factor, replicates_until_light(tail.skewness, tail.effective_replicates));
  return factor;
}

std::string describe(const HeavyTail& tail) {
  return fmt::format("{}: {}", name_of(tail.column),
                     heaviness_in_words(tail.skewness, tail.effective_replicates));
}

}  // namespace wideproof::compare
