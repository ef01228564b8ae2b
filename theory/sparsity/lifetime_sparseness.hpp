// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <Eigen/Core>

#include <wideproof/theory/sparsity/gram_ratio.hpp>

namespace wideproof::theory {

/// How sparse neurons are over P inputs: 1 − (Σ_a z_a/P)²/(Σ_a z_a²/P) of one neuron, which over
/// 1 − 1/P is the lifetime sparseness of Treves & Rolls (Vinje & Gallant 2000). Pooled over
/// neurons, squared sums and sums of squares averaged before they are divided, it is exact for any
/// inputs,
///
///   1 − mean_ab G_ab / mean_a G_aa,
///
/// G the Gram of a layer of nonnegative activities, P × P. In the scale of G nothing changes.
double pooled_lifetime_sparseness(const Eigen::MatrixXd& gram);

/// mean_ab G_ab/mean_a G_aa of P inputs, for its n·Var and bias.
GramRatio lifetime_activity(Eigen::Index inputs);

/// The same of P → ∞ inputs of pre-activation correlation c with each other, 1 − k_τ(c)/k_τ(1): of
/// P of them, 1 − 1/P times it. Thresholded ReLUs; so are the following. They throw InputError
/// naming "correlation" unless c lies in [0, 1].
double equicorrelated_lifetime_sparseness(double tau, double correlation);

/// E[1 − m_1²/m_2] over neurons, not pooled, of P → ∞ such inputs: neuron i has
/// h = √c w_i + √(1−c) ξ, w_i standard normal, and so
///
///   m_p(w) = (1−c)^{p/2} e_p((τ − √c w)/√(1−c)),   e_p(x) = E[(u−x)₊^p],
///
/// integrated over w. Neurons that are all but silent have m_1²/m_2 near 0 and dominate it; at
/// finite P they are silent or nearly so, and it is not reached. To about 1e-12.
double mean_lifetime_sparseness(double tau, double correlation);

/// The fraction of neurons that are silent for all of P such inputs, E[(1 − Q((τ−√c w)/√(1−c)))^P]:
/// 1/(P+1) exactly at f = c = ½. To about 1e-12 for P up to 1e9. Throws InputError naming "inputs"
/// unless P ≥ 1.
double silent_fraction(double tau, double correlation, std::int64_t inputs);

}  // namespace wideproof::theory
