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

bool is_near(const Transition& transition) {
  return std::abs(transition.centre) < 4 * line_end;
}

/// Adds centre, centre ± 2s, ± 6s, ± 14s, … as far as panels are shorter than the longest.
void add_graded_edges(const Transition& transition, double origin, std::vector<double>& edges) {
  if (!(transition.scale < 1) || !is_near(transition)) return;
  const double centre = transition.centre - origin;
  edges.push_back(centre);
  if (transition.scale == 0) return;
  double offset = 0;
  for (double step = 2 * transition.scale; step < panel_length; step *= 2) {
    offset += step;
    edges.push_back(centre - offset);
    edges.push_back(centre + offset);
  }
}

/// Measured from `origin`.
std::vector<double> panel_edges(const std::vector<Transition>& transitions, double origin) {
  std::vector<double> edges;
  for (double x = -line_end; x <= line_end; x += panel_length) edges.push_back(x - origin);
  const double first = edges.front();
  const double last = edges.back();
  for (const auto& transition : transitions) add_graded_edges(transition, origin, edges);
  std::erase_if(edges, [=](double y) { return !(y >= first && y <= last); });
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

}  // namespace

NormalNodes normal_nodes(const std::vector<Transition>& transitions) {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  const auto& abscissa = Gauss::abscissa();
  const auto points = static_cast<Eigen::Index>(2 * abscissa.size());
  const double origin =
      transitions.empty() || !is_near(transitions[0]) ? 0.0 : transitions[0].centre;
  const double centre_of_all = transitions.empty() ? 0.0 : transitions[0].centre;
  const auto edges = panel_edges(transitions, origin);
  const auto panels = static_cast<Eigen::Index>(edges.size()) - 1;
  NormalNodes nodes{Eigen::ArrayXd(panels * points), Eigen::ArrayXd(panels * points),
                    Eigen::ArrayXd(panels * points)};
  Eigen::Index k = 0;
  for (std::size_t p = 0; p + 1 < edges.size(); ++p) {
    const double centre = 0.5 * (edges[p] + edges[p + 1]);
    const double half = 0.5 * (edges[p + 1] - edges[p]);
    for (std::size_t j = 0; j < abscissa.size(); ++j) {
      for (const double sign : {-1.0, 1.0}) {
        const double y = centre + sign * half * abscissa[j];
        nodes.x(k) = origin + y;
        nodes.offsets(k) = y + (origin - centre_of_all);
        nodes.weights(k) = half * Gauss::weights()[j] * normal_density(nodes.x(k));
        ++k;
      }
    }
  }
  return nodes;
}

}  // namespace wideproof::theory
