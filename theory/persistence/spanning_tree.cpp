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

/// x in (0, 1) at which N·tail falls below `level`.
double crossing(const CorrelationTail& tail, double neurons, double level) {
  double low = 0;
  double high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (neurons * tail(middle) > level ? low : high) = middle;
  }
  return high;
}

struct WeightMoments {
  double first = 0, second = 0;
};

/// Adds the part of ∫ p w^{p−1} (1−F) dw from 1 − w = `low` to `high`.
void add_panels(const CorrelationTail& tail, double neurons, double low, double high,
                WeightMoments& moments) {
  using Gauss = boost::math::quadrature::gauss<double, 10>;
  constexpr int panels = 12;
  const double half = 0.5 * (high - low) / panels;
  for (int p = 0; p < panels; ++p) {
    for (std::size_t j = 0; j < Gauss::abscissa().size(); ++j) {
      for (const double side : {-1.0, 1.0}) {
        const double x = low + half * (2 * p + 1 + side * Gauss::abscissa()[j]);
        const double rest = half * Gauss::weights()[j] * (1 - edge_share(neurons * tail(x)));
        moments.first += rest;
        moments.second += 2 * (1 - x) * rest;
      }
    }
  }
}

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
  const double giant = crossing(tail, count, 1);
  const double last = crossing(tail, count, 1e-14);
  WeightMoments moments;
  add_panels(tail, count, 0, giant, moments);
  add_panels(tail, count, giant, last, moments);
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
