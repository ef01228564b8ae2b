// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace wideproof::theory {

/// Class selectivity of one neuron for K classes (Morcos et al. 2018), from its mean activity in
/// each,
///
///   (μ_max − μ_−max)/(μ_max + μ_−max),
///
/// μ_−max the mean over the other classes of their means. CCMAS (Park 2022) is the same; where it
/// is taken over all inputs not of the class it differs for classes of unequal sizes.

/// Its mean over the neurons of a random layer of thresholded ReLUs, for K classes of P_k → ∞
/// inputs each, of pre-activation correlation c_w within a class and c_b between classes. Neuron i
/// has the mean activity M(√c_b w + √(c_w−c_b) v_k) in class k, w, v_k independent standard
/// normals, M(h) = √(1−c_w) e_1((τ−h)/√(1−c_w)), e_1(x) = E[(u−x)₊]. M rises, so that with v the
/// largest of the v_k and a = M there, 1/(a+b) = ∫₀^∞ e^{−s(a+b)} ds turns the mean of (a−b)/(a+b)
/// into
///
///   2 E_w ∫ K g(v) ∫₀^∞ e^{−t} [∫_{−∞}^v g(y) exp(−t M(y)/((K−1) M(v))) dy]^{K−1} dt dv − 1.
///
/// Off by about 1e-7; takes 0.02 s, and a second at c_w = 0.99. An untrained layer is selective:
/// what training adds is to be compared with it.
///
/// Throws InputError naming "classes" unless K ≥ 2, "correlation_between" or "correlation_within"
/// unless 0 ≤ c_b ≤ c_w ≤ 0.99.
double random_selectivity(double tau, double correlation_within, double correlation_between,
                          std::int64_t classes);

/// The same where labels carry nothing and inputs are uncorrelated, c_w = c_b = 0, with P_k inputs
/// in each of K classes: the mean of each class is off by chance, and the largest of them counts.
/// First and second order in 1/√P_k, with CV² = k(1)/μ² − 1, γ the skewness of (u−τ)₊ and ξ_(K) the
/// largest of K standard normals,
///
///   (K/(K−1)) E[ξ_(K)] CV/(2√P_k)
///   + { (K/(K−1)) γ CV (E[ξ_(K)²] − 1)/12 − (CV²/4) [E ξ_(K)² − (K−2+E ξ_(K)²)/(K−1)²] } / P_k,
///
/// the second by Cornish & Fisher's ξ + (γ/6√P_k)(ξ²−1) for a class's mean and by expanding the
/// quotient. Against sampled classes, K = 10 and f = .5, .3, .1: at P_k = 1000 right to the draws'
/// 0.3%; at P_k = 100 off by 0.7%, 1.0% and 3.6%, the first order alone by 8%, 11% and 21%.
struct SelectivityNull {
  double first;   ///< of order 1/√P_k
  double second;  ///< of order 1/P_k
  double mean() const { return first + second; }
};

/// Throws InputError naming "classes" unless K ≥ 2, "class_size" unless P_k ≥ 1.
SelectivityNull selectivity_null(double tau, std::int64_t classes, double class_size);

/// E ξ and E ξ² of the largest ξ of `count` standard normals.
struct LargestNormal {
  double mean, square;
};
LargestNormal largest_normal(std::int64_t count);

}  // namespace wideproof::theory
