// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/positive_fraction.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

namespace wideproof::theory {
namespace {

constexpr double end_of_line = 9;
constexpr double step = 0x1p-5;

double upper_tail(double x) {
  return 0.5 * std::erfc(x / std::numbers::sqrt2);
}

bool is_positive(const ScaledFunction& f, double x) {
  f(&x, 1, &x);
  return x > 0;
}

/// Where the sign changes between two places of opposite signs.
double change_between(const ScaledFunction& f, double low, double high, bool is_positive_low) {
  for (;;) {
    const double middle = 0.5 * (low + high);
    if (!(middle > low && middle < high)) return middle;
    (is_positive(f, middle) == is_positive_low ? low : high) = middle;
  }
}

/// Grid and kinks, ascending.
std::vector<double> edges_of(const ScaledFunction& f) {
  std::vector<double> edges;
  for (double x = -end_of_line; x <= end_of_line; x += step) edges.push_back(x);
  for (const double kink : f.kinks()) {
    if (std::abs(kink) < end_of_line) edges.push_back(kink);
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

}  // namespace

double positive_fraction(const ScaledFunction& f) {
  const auto edges = edges_of(f);
  double sum = 0;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    // A shade inside, since f may jump at an edge.
    const double shade = 1e-9 * (edges[i + 1] - edges[i]);
    const double low = edges[i] + shade;
    const double high = edges[i + 1] - shade;
    const bool at_low = is_positive(f, low);
    const bool at_high = is_positive(f, high);
    if (!at_low && !at_high) continue;
    double from = edges[i], to = edges[i + 1];
    if (at_low != at_high) (at_low ? to : from) = change_between(f, low, high, at_low);
    // Of the nearer tail, so that nothing cancels.
    sum += from >= 0 ? upper_tail(from) - upper_tail(to) : upper_tail(-to) - upper_tail(-from);
  }
  const double beyond = upper_tail(end_of_line);
  if (is_positive(f, edges.front())) sum += beyond;
  if (is_positive(f, edges.back())) sum += beyond;
  return sum;
}

}  // namespace wideproof::theory
