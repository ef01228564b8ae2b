// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/normal_nodes.hpp>

#include <algorithm>
#include <cmath>

#include <boost/math/quadrature/gauss.hpp>

#include <wideproof/theory/kernels/normal_tail.hpp>

namespace wideproof::theory {
namespace {

constexpr double line_end = 13;
constexpr double panel_length = 2;

/// Adds centre, centre ± 2s, ± 6s, ± 14s, … as far as panels are shorter than the longest.
void add_graded_edges(const Transition& transition, std::vector<double>& edges) {
  if (!(transition.scale < 1) || !(std::abs(transition.centre) < 4 * line_end)) return;
  edges.push_back(transition.centre);
  if (transition.scale == 0) return;
  double offset = 0;
  for (double step = 2 * transition.scale; step < panel_length; step *= 2) {
    offset += step;
    edges.push_back(transition.centre - offset);
    edges.push_back(transition.centre + offset);
  }
}

std::vector<double> panel_edges(const std::vector<Transition>& transitions) {
  std::vector<double> edges;
  for (double x = -line_end; x <= line_end; x += panel_length) edges.push_back(x);
  for (const auto& transition : transitions) add_graded_edges(transition, edges);
  std::erase_if(edges, [](double x) { return !(std::abs(x) <= line_end); });
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

}  // namespace

NormalNodes normal_nodes(const std::vector<Transition>& transitions) {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  const auto& abscissa = Gauss::abscissa();
  const auto points = static_cast<Eigen::Index>(2 * abscissa.size());
  const auto edges = panel_edges(transitions);
  const auto panels = static_cast<Eigen::Index>(edges.size()) - 1;
  NormalNodes nodes{Eigen::ArrayXd(panels * points), Eigen::ArrayXd(panels * points)};
  Eigen::Index k = 0;
  for (std::size_t p = 0; p + 1 < edges.size(); ++p) {
    const double centre = 0.5 * (edges[p] + edges[p + 1]);
    const double half = 0.5 * (edges[p + 1] - edges[p]);
    for (std::size_t j = 0; j < abscissa.size(); ++j) {
      for (const double sign : {-1.0, 1.0}) {
        nodes.x(k) = centre + sign * half * abscissa[j];
        nodes.weights(k) = half * Gauss::weights()[j] * normal_density(nodes.x(k));
        ++k;
      }
    }
  }
  return nodes;
}

}  // namespace wideproof::theory
