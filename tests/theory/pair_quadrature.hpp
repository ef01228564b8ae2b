// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include <wideproof/theory/kernels/normal_tail.hpp>

#include "panels.hpp"

namespace wideproof::theory {

/// Calls visit(u, v, weight) over a pair of covariance (kaa, kab, kbb), with kinks at u = t and v =
/// t.
template <class Visit>
void for_each_pair(double kaa, double kab, double kbb, double t, const Visit& visit) {
  const double rest = std::sqrt(kbb - kab * kab / kaa);
  for (const auto& outer : panel_nodes(edges_around(t / std::sqrt(kaa)))) {
    const double u = std::sqrt(kaa) * outer.x;
    const double centre = kab / kaa * u;
    for (const auto& inner : panel_nodes(edges_around((t - centre) / rest))) {
      visit(u, centre + rest * inner.x,
            outer.weight * inner.weight * normal_density(outer.x) * normal_density(inner.x));
    }
  }
}

/// Of an activation with threshold t, G and D of one pair: φ_aφ_b and φ'_aφ'_b.
struct PairMeans {
  double gram, slope;
};

inline PairMeans pair_means(double kaa, double kab, double kbb, double t) {
  PairMeans sum{};
  for_each_pair(kaa, kab, kbb, t, [&](double u, double v, double weight) {
    if (u <= t || v <= t) return;
    sum.gram += weight * (u - t) * (v - t);
    sum.slope += weight;
  });
  return sum;
}

}  // namespace wideproof::theory
