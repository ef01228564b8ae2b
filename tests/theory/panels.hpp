// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <vector>

#include <boost/math/quadrature/gauss.hpp>

namespace wideproof::theory {

struct QuadratureNode {
  double x, weight;
};

/// Gauss–Legendre of 20 points on each of the panels between `edges`: for integrands that are
/// smooth inside, whatever happens at the edges. On panels of length 1 a Gaussian of unit width is
/// integrated to 1e-16.
inline std::vector<QuadratureNode> panel_nodes(const std::vector<double>& edges) {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  std::vector<QuadratureNode> nodes;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    const double centre = 0.5 * (edges[i] + edges[i + 1]);
    const double half = 0.5 * (edges[i + 1] - edges[i]);
    for (std::size_t j = 0; j < Gauss::abscissa().size(); ++j) {
      const double offset = half * Gauss::abscissa()[j];
      const double weight = half * Gauss::weights()[j];
      nodes.push_back({centre + offset, weight});
      if (offset != 0) nodes.push_back({centre - offset, weight});
    }
  }
  return nodes;
}

/// Panels of length 1 from −9 to 10 about, with an edge at `kink`.
inline std::vector<double> edges_around(double kink) {
  std::vector<double> edges{-9};
  for (double x = kink - std::floor(kink + 8.5); x < 10; x += 1) edges.push_back(x);
  return edges;
}

inline double positive_part(double x) {
  return x > 0 ? x : 0;
}

}  // namespace wideproof::theory
