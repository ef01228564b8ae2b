// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/equivalence_plan.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/unknown_spread.hpp>
#include <wideproof/compare/widths/width_design.hpp>

namespace wideproof::compare {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The standard deviation of a number that is anywhere between −½ and ½.
const double next_term = 0.5 / std::sqrt(3.0);

/// One entry at the largest width.
struct Planned {
  double difference = 0.0;
  double error = 0.0;
  double bound = 0.0;
  double count = 1.0;          ///< how many entries it stands for
  Eigen::VectorXd truth;       ///< coefficients of x, x² …
  Eigen::MatrixXd covariance;  ///< of `truth`
  double unseen = 0.0;         ///< standard deviation of what the series leaves out, of the whole

  /// Mean and variance at x.
  std::pair<double, double> at(double x) const {
    Eigen::VectorXd powers(truth.size());
    for (Eigen::Index k = 0; k < powers.size(); ++k)
      powers[k] = std::pow(x, static_cast<double>(k + 1));
    const double mean = powers.dot(truth);
    return {mean, powers.dot(covariance * powers) + std::pow(unseen * mean, 2)};
  }
};

/// All of up to a thousand entries. Of more, the five hundred nearest to failing, and of the
/// others, in that order, every k-th: it stands for the k − 1 after it too, which are no nearer.
std::vector<Planned> representatives(std::vector<Planned> entries) {
  constexpr std::size_t most = 500;
  if (entries.size() <= 2 * most) return entries;
  const auto nearness = [](const Planned& entry) {
    return (std::max(std::abs(entry.difference), std::abs(entry.at(1.0).first)) +
            2.0 * entry.error) /
           entry.bound;
  };
  std::vector<std::pair<double, std::size_t>> order;
  for (const Planned& entry : entries) {
    const double near = nearness(entry);
    order.emplace_back(std::isnan(near) ? -infinity : -near, order.size());
  }
  std::sort(order.begin(), order.end());
  const std::size_t step = (entries.size() - 1) / most;
  std::vector<Planned> chosen;
  for (std::size_t i = 0; i < order.size(); i += i < most ? 1 : step) {
    chosen.push_back(std::move(entries[order[i].second]));
    if (i >= most) chosen.back().count = static_cast<double>(std::min(step, order.size() - i));
  }
  return chosen;
}

/// x, x², … at each width.
WidthDesign fit_through_origin(const std::vector<std::int64_t>& widths,
                               const Eigen::VectorXd& weights, Eigen::Index terms) {
  Eigen::MatrixXd columns(weights.size(), terms);
  for (Eigen::Index w = 0; w < columns.rows(); ++w)
    for (Eigen::Index k = 0; k < terms; ++k)
      columns(w, k) = std::pow(static_cast<double>(widths.back()) /
                                   static_cast<double>(widths[static_cast<std::size_t>(w)]),
                               static_cast<double>(k + 1));
  return fit_over_widths(columns, weights);
}

std::vector<Planned> planned_entries(const Assessment& assessment, Supposed supposed) {
  const std::size_t layers = assessment.convergence.size();
  const std::size_t widths = assessment.widths.size() / layers;
  std::vector<std::int64_t> width;
  Eigen::VectorXd weights(static_cast<Eigen::Index>(widths));
  for (std::size_t w = 0; w < widths; ++w) {
    const WidthComparison& at = assessment.widths[w * layers];
    width.push_back(at.width);
    weights[static_cast<Eigen::Index>(w)] =
        static_cast<double>(at.width) * static_cast<double>(at.replicates);
  }
  Eigen::MatrixXd influence;
  if (supposed == Supposed::law) {
    const Eigen::Index order = assessment.extrapolation ? assessment.extrapolation->order : 1;
    influence = fit_through_origin(width, weights, std::max<Eigen::Index>(1, order)).influence;
  }
  std::vector<Planned> entries;
  for (const auto& [index, entry] :
       family(layers, assessment.widths.front().comparison.gram.predicted.rows())) {
    const auto& [quantity, a, b] = entry;
    if (quantity == Quantity::gram && !assessment.options.norms_are_predicted) continue;
    if (!assessment.widths[index].comparison.has_limit(entry)) continue;
    const auto comparison = [&, layer = index](std::size_t w) -> const MatrixComparison& {
      return assessment.widths[w * layers + layer].comparison.matrix(entry.quantity);
    };
    const MatrixComparison& matrix = comparison(widths - 1);
    Planned planned;
    planned.difference = matrix.difference(a, b);
    planned.error = matrix.estimate.standard_error(a, b);
    planned.bound = assessment.options.equivalence_margin * matrix.scale(a, b);
    const double known = supposed == Supposed::nothing ? 0.0 : 1.0;
    planned.truth = Eigen::VectorXd::Constant(1, known * planned.difference);
    planned.covariance = Eigen::MatrixXd::Constant(1, 1, known * std::pow(planned.error, 2));
    if (supposed == Supposed::law) {
      Eigen::VectorXd difference(weights.size()), variance(weights.size());
      for (std::size_t w = 0; w < widths; ++w) {
        difference[static_cast<Eigen::Index>(w)] = comparison(w).difference(a, b);
        variance[static_cast<Eigen::Index>(w)] =
            std::pow(comparison(w).estimate.standard_error(a, b), 2);
      }
      Planned by_law = planned;
      by_law.unseen = next_term;
      by_law.truth = influence * difference;
      by_law.covariance = influence * variance.asDiagonal() * influence.transpose();
      if (by_law.at(1.0).second < planned.at(1.0).second) planned = std::move(by_law);
    }
    entries.push_back(std::move(planned));
  }
  return entries;
}

/// Chance that |d'| + t s' > bound for normal d' and s' of `freedom` degrees of freedom, to leading
/// order in their inverse.
double beyond(double bound, double mean, double deviation, double t, double error, double freedom) {
  const double spread = std::hypot(deviation, t * error / std::sqrt(2.0 * freedom));
  const double room = bound - t * error;
  if (spread == 0.0) return std::abs(mean) <= room ? 0.0 : 1.0;
  return std::min(
      1.0, normal_upper_tail((room - mean) / spread) + normal_upper_tail((room + mean) / spread));
}

/// How likely equivalence is to fail in a larger run: the sum over the entries of their chances,
/// averaged over σ.
class Plan {
 public:
  Plan(const Assessment& assessment, Supposed supposed)
      : entries_(representatives(planned_entries(assessment, supposed))),
        replicates_(static_cast<double>(assessment.widths.back().replicates)),
        level_(assessment.options.family_error / assessment.options.looks),
        spread_(replicates_ - 1.0) {}

  double failure_with_replicates(double factor) const {
    const double freedom = factor * replicates_ - 1.0;
    const double fresh = 1.0 - 1.0 / factor;
    const double t = student_upper_quantile(level_, freedom);
    return sum([&](const Planned& entry, double sigma) {
      const auto [truth, variance] = entry.at(1.0);
      const double mean = entry.difference / factor + fresh * truth;
      const double deviation = sigma * std::sqrt(std::pow(fresh, 2) * variance +
                                                 fresh / factor * std::pow(entry.error, 2));
      const double error = entry.error * std::sqrt((1.0 - fresh + fresh * sigma * sigma) / factor);
      return beyond(entry.bound, mean, deviation, t, error, freedom / fresh);
    });
  }

  double failure_at_width(double factor) const {
    const double t = student_upper_quantile(level_, replicates_ - 1.0);
    return sum([&](const Planned& entry, double sigma) {
      const auto [truth, variance] = entry.at(1.0 / factor);
      const double error = sigma * entry.error / std::sqrt(factor);
      return beyond(entry.bound, truth, std::hypot(sigma * std::sqrt(variance), error), t, error,
                    replicates_ - 1.0);
    });
  }

 private:
  double sum(const std::function<double(const Planned&, double)>& chance) const {
    double total = 0.0;
    for (const Planned& entry : entries_) {
      total += entry.count * spread_.mean([&](double sigma) { return chance(entry, sigma); });
      if (total > 1.0) return total;
    }
    return total;
  }

  std::vector<Planned> entries_;
  double replicates_;
  double level_;
  UnknownSpread spread_;
};

/// The least factor above 1 that keeps the failure low, to a percent.
std::optional<double> least_factor(const std::function<double(double)>& failure) {
  constexpr double step = 1.25;
  double high = step;
  while (!(failure(high) <= EquivalencePlan::failure)) {  // so that a NaN fails
    high *= step;
    if (high > EquivalencePlan::most) return std::nullopt;
  }
  double low = high / step;
  while (high / low > 1.01) {
    const double middle = std::sqrt(low * high);
    (failure(middle) <= EquivalencePlan::failure ? high : low) = middle;
  }
  return high;
}

}  // namespace

EquivalencePlan plan_equivalence(const Assessment& assessment, Supposed supposed) {
  const Plan plan(assessment, supposed);
  EquivalencePlan result;
  result.width = least_factor([&plan](double factor) { return plan.failure_at_width(factor); });
  if (plan.failure_with_replicates(EquivalencePlan::most) <= 0.5 * EquivalencePlan::failure)
    result.replicates =
        least_factor([&plan](double factor) { return plan.failure_with_replicates(factor); });
  return result;
}

}  // namespace wideproof::compare
