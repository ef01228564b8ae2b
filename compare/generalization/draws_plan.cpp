// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/draws_plan.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/unknown_spread.hpp>

namespace wideproof::compare {
namespace {

constexpr double failure = 0.1;
constexpr double most_draws = 1e6;

/// P(low < X < high) of a normal X.
double normal_between(double low, double high, double mean, double deviation) {
  return normal_upper_tail((low - mean) / deviation) - normal_upper_tail((high - mean) / deviation);
}

/// The chance that the comparison is still open with that many draws.
double chance_open(const PairedRatio& ratio, const UnknownSpread& known, const RatioTest& test,
                   double draws) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double factor = draws / static_cast<double>(ratio.draws);
  const double agrees = student_upper_quantile(test.agreement_level, draws - 1.0);
  const double convicts = test.conviction_level
                              ? student_upper_quantile(*test.conviction_level, draws - 1.0)
                              : infinity;
  return known.mean([&](double spread) {
    const double deviation = spread * ratio.standard_error * std::sqrt(1.0 - 1.0 / factor);
    const double error = spread * ratio.standard_error / std::sqrt(factor);
    const double inner = test.margin - agrees * error;
    const double outer = test.margin + convicts * error;
    if (inner <= 0.0) return normal_between(-outer, outer, ratio.difference, deviation);
    return normal_between(inner, outer, ratio.difference, deviation) +
           normal_between(-outer, -inner, ratio.difference, deviation);
  });
}

}  // namespace

std::optional<double> draws_to_decide(const PairedRatio& ratio, const RatioTest& test) {
  const UnknownSpread known(static_cast<double>(ratio.draws - 1));
  const auto decides = [&](double draws) {
    return chance_open(ratio, known, test, std::ceil(draws)) <= failure;
  };
  double high = static_cast<double>(ratio.draws + 1);
  while (!decides(high)) {
    high *= 1.25;
    if (high > most_draws) return std::nullopt;
  }
  double low = std::max(static_cast<double>(ratio.draws + 1), high / 1.25);
  while (high / low > 1.01 && high - low > 1.0) {
    const double middle = std::sqrt(low * high);
    (decides(middle) ? high : low) = middle;
  }
  return std::ceil(high);
}

}  // namespace wideproof::compare
