// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/spanning_tree.hpp>

#include <cmath>

#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/lambert_w.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/require_between.hpp>
#include <wideproof/theory/persistence/independent_neurons.hpp>

namespace wideproof::theory {
namespace {

/// x in [0, 1] at which N·tail falls below `level`.
double crossing(const CorrelationTail& tail, double neurons, double level) {
  double low = 0;
  double high = 1;
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (low + high);
    (neurons * tail(middle) > level ? low : high) = middle;
  }
  return high;
}

struct WeightMoments {
  double first = 0, second = 0;
};

/// Adds the part of ∫ p w^{p−1} (1−F) dw from 1 − w = `low` to `high`.
void add_panel(const CorrelationTail& tail, double neurons, double low, double high,
               WeightMoments& moments) {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  const double half = 0.5 * (high - low);
  for (std::size_t j = 0; j < Gauss::abscissa().size(); ++j) {
    for (const double side : {-1.0, 1.0}) {
      const double x = low + half * (1 + side * Gauss::abscissa()[j]);
      const double rest = half * Gauss::weights()[j] * (1 - edge_share(neurons * tail(x)));
      moments.first += rest;
      moments.second += 2 * (1 - x) * rest;
    }
  }
}

/// Mean degrees t between which 1 − F is smooth; above the first it is below 1e-16.
constexpr double mean_degrees[] = {40, 16, 8, 4, 2, 1.4, 1, .5, .1, .01, 1e-4, 1e-8, 1e-14};

}  // namespace

double edge_share(double t) {
  if (t <= 1) return 0.5 * t;
  static const double branch_point = -std::exp(-1.0);
  const double dual = -boost::math::lambert_w0(std::fmax(branch_point, -t * std::exp(-t)));
  return 1 - (dual - 0.5 * dual * dual) / t;
}

model::PersistencePrediction predict_persistence(std::int64_t neurons, const CorrelationTail& tail,
                                                 double a) {
  if (neurons < 2) throw model::InputError("neurons", neurons, "must be at least 2");
  model::require_between("a", a, 0, 1);
  const auto count = static_cast<double>(neurons);
  WeightMoments moments;
  double last = 0;
  for (const double degree : mean_degrees) {
    const double next = crossing(tail, count, degree);
    add_panel(tail, count, last, next, moments);
    last = next;
  }
  moments.first += 1 - last;
  moments.second += (1 - last) * (1 - last);
  model::PersistencePrediction persistence;
  persistence.mean_weight = moments.first;
  persistence.weight_deviation =
      std::sqrt(std::fmax(0.0, moments.second - moments.first * moments.first));
  persistence.total = -(count - 1) * moments.first;
  persistence.spread = a * persistence.weight_deviation - (1 - a) * moments.first;
  return persistence;
}

model::PersistencePrediction independent_persistence(std::int64_t neurons, std::int64_t samples,
                                                     double a) {
  auto persistence = predict_persistence(
      neurons, [samples](double x) { return independent_correlation_tail(x, samples); }, a);
  persistence.mean_absolute_correlation = independent_mean_correlation(samples);
  return persistence;
}

}  // namespace wideproof::theory
