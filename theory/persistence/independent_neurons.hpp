// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace wideproof::theory {

/// The correlation ρ of two independent normal neurons over M ≥ 3 samples: ρ² has the distribution
/// Beta(½, (M−2)/2), whatever the other neuron's values are (Fisher 1915). So
///
///   E|ρ| = Γ((M−1)/2)/(√π Γ(M/2)),    P(|ρ| > x) = I_{1−x²}((M−2)/2, ½).
///
/// Thresholded neurons have nearly the same at f = ½ and another at small f. These throw InputError
/// naming "samples" unless M ≥ 3.
double independent_mean_correlation(std::int64_t samples);

/// P(|ρ| > x), 1 for x ≤ 0.
double independent_correlation_tail(double x, std::int64_t samples);

}  // namespace wideproof::theory
