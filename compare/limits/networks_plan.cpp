// SPDX-License-Identifier: MIT
#include <wideproof/compare/limits/networks_plan.hpp>

#include <cmath>
#include <functional>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/unknown_spread.hpp>

namespace wideproof::compare {
namespace {

/// What an estimate becomes: the present difference times `kept`, give or take `deviation` and with
/// the error `error`, both in units of the present standard error.
struct Larger {
  double factor = 1.0;
  double kept = 0.0;
  double deviation = 0.0;
  double error = 0.0;
};

/// A judged estimate, and what is known of its standard error.
struct Known {
  const LimitEstimate<>& estimate;
  UnknownSpread spread;
};

double chance_of_failure(const Known& known, const Larger& run, double level) {
  const LimitEstimate<>& estimate = known.estimate;
  const double difference = run.kept * (estimate.value - estimate.number.predicted);
  const double below = estimate.number.predicted - estimate.number.equal.low;
  const double above = estimate.number.equal.high - estimate.number.predicted;
  const double t = student_upper_quantile(level, run.factor * estimate.degrees_of_freedom);
  return known.spread.mean([&](double ratio) {
    const double spread = ratio * estimate.standard_error;
    const double reach = t * spread * run.error;
    if (below + above <= 2.0 * reach) return 1.0;
    return normal_upper_tail((above - reach - difference) / (spread * run.deviation)) +
           normal_upper_tail((below - reach + difference) / (spread * run.deviation));
  });
}

bool is_enough(const std::vector<Known>& numbers, const Larger& run, double level) {
  double chance = 0.0;
  for (const Known& known : numbers) {
    chance += chance_of_failure(known, run, level);
    if (chance > NetworksPlan::failure) return false;
  }
  return true;
}

std::optional<double> least_factor(const std::function<bool(double)>& is_enough) {
  double low = 1.0;
  double high = 2.0;
  while (!is_enough(high)) {
    low = high;
    high *= 2.0;
    if (high > NetworksPlan::most) return std::nullopt;
  }
  while (high > 1.01 * low) {
    const double middle = std::sqrt(low * high);
    (is_enough(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace

NetworksPlan plan_networks(const std::vector<LimitEstimate<>>& estimates, double level) {
  std::vector<Known> numbers;
  for (const LimitEstimate<>& estimate : estimates)
    if (estimate.number.is_judged)
      numbers.push_back({estimate, UnknownSpread(estimate.degrees_of_freedom)});
  NetworksPlan plan;
  plan.networks = least_factor([&](double factor) {
    return is_enough(
        numbers, {factor, 1.0 / factor, std::sqrt(factor - 1.0) / factor, 1.0 / std::sqrt(factor)},
        level);
  });
  plan.widths = least_factor([&](double factor) {
    return is_enough(numbers, {factor, 0.0, 1.0 / std::sqrt(factor), 1.0 / std::sqrt(factor)},
                     level);
  });
  return plan;
}

}  // namespace wideproof::compare
