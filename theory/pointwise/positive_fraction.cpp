// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/positive_fraction.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <vector>

#include <wideproof/model/nonlinearity/sign_changes.hpp>

namespace wideproof::theory {
namespace {

/// P(u > x)
double mass_above(double x) {
  return 0.5 * std::erfc(x / std::numbers::sqrt2);
}

}  // namespace

double positive_fraction(const LayerFunction& function, double variance) {
  constexpr double end = 9;
  const double deviation = std::sqrt(variance);
  std::vector<double> edges = model::sign_changes(*function.phi, deviation * (-end - function.tau),
                                                  deviation * (end - function.tau));
  for (const auto& kink : function.phi->kinks()) edges.push_back(kink.at);
  for (double& edge : edges) edge = edge / deviation + function.tau;
  std::erase_if(edges, [](double x) { return !(std::abs(x) < end); });
  edges.push_back(-end);
  edges.push_back(end);
  std::sort(edges.begin(), edges.end());
  double sum = 0;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    if (!(edges[i] < edges[i + 1])) continue;
    const double middle = 0.5 * (edges[i] + edges[i + 1]);
    if (!((*function.phi)(deviation * (middle - function.tau)) > 0)) continue;
    const bool is_first = i == 0, is_last = i + 2 == edges.size();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const double from = is_first ? -infinity : edges[i];
    const double to = is_last ? infinity : edges[i + 1];
    // Of the nearer tail, so that nothing cancels.
    sum += from >= 0 ? mass_above(from) - mass_above(to) : mass_above(-to) - mass_above(-from);
  }
  return sum;
}

}  // namespace wideproof::theory
