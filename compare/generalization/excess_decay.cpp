// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/excess_decay.hpp>

#include <cmath>
#include <cstddef>

#include <Eigen/Core>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/widths/width_design.hpp>

namespace wideproof::compare {
namespace {

constexpr double lowest = -3.0;
constexpr double highest = 1.0;
constexpr int steps = 80;

/// Least squares of b (n/n₀)^e, b the best for each e.
double fit_exponent(const Eigen::ArrayXd& ratio, const Eigen::ArrayXd& excess,
                    const Eigen::ArrayXd& weight) {
  const auto gain = [&](double exponent) {
    const Eigen::ArrayXd shape = ratio.pow(exponent);
    return std::pow((weight * shape * excess).sum(), 2) / (weight * shape * shape).sum();
  };
  double step = (highest - lowest) / steps;
  double best = lowest;
  for (int i = 1; i <= steps; ++i)
    if (gain(lowest + step * i) > gain(best)) best = lowest + step * i;
  for (; step > 1e-9; step *= 0.5)
    for (const double candidate : {best - step, best + step})
      if (candidate >= lowest && candidate <= highest && gain(candidate) > gain(best))
        best = candidate;
  return best;
}

/// Draws at which every width has an error.
WidthErrors complete(const WidthErrors& errors) {
  WidthErrors kept{errors.widths, {}, {}};
  kept.networks.resize(errors.widths.size());
  for (std::size_t d = 0; d < errors.kernel.size(); ++d) {
    bool all = std::isfinite(errors.kernel[d]);
    for (const auto& at : errors.networks) all = all && std::isfinite(at[d]);
    if (!all) continue;
    kept.kernel.push_back(errors.kernel[d]);
    for (std::size_t w = 0; w < errors.widths.size(); ++w)
      kept.networks[w].push_back(errors.networks[w][d]);
  }
  return kept;
}

Eigen::ArrayXd excesses(const WidthErrors& errors) {
  Eigen::ArrayXd excess(static_cast<Eigen::Index>(errors.widths.size()));
  for (std::size_t w = 0; w < errors.widths.size(); ++w)
    excess[static_cast<Eigen::Index>(w)] =
        paired_ratio(errors.networks[w], errors.kernel).difference;
  return excess;
}

WidthErrors without(WidthErrors errors, std::size_t draw) {
  const auto drop = [draw](std::vector<double>& values) {
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(draw));
  };
  drop(errors.kernel);
  for (std::vector<double>& at : errors.networks) drop(at);
  return errors;
}

}  // namespace

std::optional<ExcessDecay> excess_decay(const WidthErrors& all) {
  const WidthErrors errors = complete(all);
  const auto widths = static_cast<Eigen::Index>(errors.widths.size());
  const std::size_t draws = errors.kernel.size();
  if (widths < 3 || draws < 3) return std::nullopt;
  Eigen::ArrayXd ratio(widths);
  for (Eigen::Index w = 0; w < widths; ++w)
    ratio[w] = static_cast<double>(errors.widths[static_cast<std::size_t>(w)]) /
               static_cast<double>(errors.widths[0]);
  const Eigen::ArrayXd& weight = ratio;  // fixed beforehand, as in excess_in_the_limit()
  const PairedRatio narrowest = paired_ratio(errors.networks[0], errors.kernel);
  const Eigen::ArrayXd excess = excesses(errors);
  if (!excess.isFinite().all() ||
      !(narrowest.difference > excess_above_noise * narrowest.standard_error))
    return std::nullopt;

  const double exponent = fit_exponent(ratio, excess, weight);
  if (exponent <= lowest || exponent >= highest) return std::nullopt;
  std::vector<double> partial;
  double mean = 0.0;
  for (std::size_t d = 0; d < draws; ++d) {
    partial.push_back(fit_exponent(ratio, excesses(without(errors, d)), weight));
    mean += partial.back() / static_cast<double>(draws);
  }
  double squares = 0.0;
  for (const double value : partial) squares += (value - mean) * (value - mean);
  const auto freedom = static_cast<double>(draws - 1);
  const double error = std::sqrt(squares * freedom / static_cast<double>(draws));
  const double reach = student_upper_quantile(0.025, freedom) * error;
  const double p = error > 0.0 ? student_two_sided((exponent + 1.0) / error, freedom) : 1.0;
  return ExcessDecay{{exponent, exponent - reach, exponent + reach, p, p},
                     static_cast<double>(errors.widths[0]) * (weight * excess / ratio).sum() /
                         (weight / ratio.square()).sum()};
}

WidthErrors from_width(const WidthErrors& all, std::int64_t least) {
  WidthErrors kept{{}, {}, all.kernel};
  for (std::size_t w = 0; w < all.widths.size(); ++w) {
    if (all.widths[w] < least) continue;
    kept.widths.push_back(all.widths[w]);
    kept.networks.push_back(all.networks[w]);
  }
  return kept;
}

std::optional<ExcessLimit> excess_in_the_limit(const WidthErrors& all, int order) {
  if (all.widths.size() <= static_cast<std::size_t>(order)) return std::nullopt;
  const WidthErrors errors = complete(all);
  Eigen::VectorXd weights(static_cast<Eigen::Index>(errors.widths.size()));
  for (std::size_t w = 0; w < errors.widths.size(); ++w)
    weights[static_cast<Eigen::Index>(w)] = static_cast<double>(errors.widths[w]);
  const Eigen::MatrixXd columns = inverse_width_columns(errors.widths, order);
  const WidthDesign design = fit_over_widths(columns, weights);
  std::vector<double> limits(errors.kernel.size(), 0.0);
  for (std::size_t d = 0; d < limits.size(); ++d)
    for (std::size_t w = 0; w < errors.widths.size(); ++w)
      limits[d] += design.influence(0, static_cast<Eigen::Index>(w)) * errors.networks[w][d];
  ExcessLimit limit{paired_ratio(limits, errors.kernel), 0.0};
  const Eigen::ArrayXd excess = excesses(errors);
  const Eigen::VectorXd fitted = columns * (design.influence * excess.matrix());
  limit.misfit = (excess - fitted.array()).abs().maxCoeff();
  return limit;
}

}  // namespace wideproof::compare
