// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/pair_mean.hpp>

#include <cmath>

#include <wideproof/theory/pointwise/gauss_rule.hpp>

namespace wideproof::theory {

double PairMean::drop(const GaussianPair& pair) const {
  if (pair.lack <= 0) return 0;
  if (pair.lack > 1) return value(GaussianPair::of_deficit(pair.qa, 0)) - value(pair);
  const auto integrand = [&](double s) {
    return 2 * s * slope(GaussianPair::of_deficit(pair.qa, s * s));
  };
  constexpr double enough = 2e-15;
  constexpr int most_octaves = 40;
  double end = std::sqrt(pair.lack);
  double whole = GaussRule<16>::integrate(integrand, 0, end);
  double above = 0;
  for (int octave = 0; octave < most_octaves; ++octave) {
    const double below = GaussRule<16>::integrate(integrand, 0, 0.5 * end);
    const double upper = GaussRule<16>::integrate(integrand, 0.5 * end, end);
    const double change = std::abs(below + upper - whole);
    above += upper;
    whole = below;
    if (change <= enough * std::abs(above + below)) break;
    end *= 0.5;
  }
  return pair.qa * (above + whole);
}

std::optional<HermiteTable> PairMean::table(const std::vector<double>&) const {
  return std::nullopt;
}

}  // namespace wideproof::theory
