// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/deficits.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/model/tangent/tangent_options.hpp>

namespace wideproof::theory {

/// Share ρ = a² + (1−a)² of the two order statistics of n neurons between which a quantile lies,
/// a = frac((n−1)(1−f)): Σ_m w_m² of ∂t = Σ_m w_m ∂h_m. From ½ to 1, and no limit in n.
double order_statistic_share(std::int64_t width, double active_fraction);

/// Mean over networks of the diagonal of tangent kernels, of unit-norm inputs.
struct TangentDiagonal {
  std::vector<double> layers;  ///< of pre-activations, by layer from 1
  double output = 0.0;
};

/// E Θ̂_aa at large `width` n. Where quantile thresholds hand on their gradients, all active neurons
/// carry that of the same two neurons, and the diagonal keeps a nugget that never vanishes and is
/// itself random: a readout's sum over neurons weights it. So do entries of inputs that coincide;
/// those of distinct inputs share no order statistic but with probability O(1/n), and networks that
/// are trained lose the nugget at once, since a neuron that moves is no quantile any longer.
///
/// Given the layer below, gradients of neurons i, i+δ are Gaussian apart from the layer's own, so
/// that their products have the mean
///
///   ∂h_i·∂h_{i+δ} = h_i h_{i+δ} U + [δ = 0] own + A(δ) shared,   Θ_aa = q U + own + shared,
///
/// where U is what gradients share with h. With z the activation, T = own + shared, sums over
/// presynaptic offsets γ, and k_τ, L_τ, M_τ of ThresholdedReluKernel at A(γ),
///
///   S = q U ΣBk + f T + Σ_{γ≠0} B A L shared + ρ T ΣBL,
///   q' = σ² q ΣBk + σ_b²,   U' = (σ²/q')² [U (q ΣBk)² + ρ T q (ΣBM)²],
///
///   weights   own' = σ² q k(1) + σ_b²,   shared' = σ² S − q' U'
///   field     own' = 0,                  shared' = q' + σ² S − q' U',
///
/// and the output has σ_r² [q k(1) (1 + U) + f (1+ρ) T]. For every other rule or activation, and
/// for detached thresholds, there is no nugget, and it is the diagonal of predict_tangent().
///
/// Throws InputError naming simulation.widths unless the width is at least 2, and as
/// predict_tangent() does.
TangentDiagonal tangent_diagonal(const model::Network& network,
                                 const model::TangentOptions& options, std::int64_t width);

/// P × P: 1 where an entry of tangent kernels, from the second layer's on, has no limit, else 0; 0
/// × 0 where all have one. Two inputs, or an input and itself, whose quantiles sit on the same
/// neurons at every width share a nugget. Those are inputs that coincide, and opposite ones where
/// 1 − 2f is so near 0 that at `narrowest`, the least width, one order statistic is the other's.
/// Opposite inputs count as such where fewer than 5 neurons tell them apart from exact ones.
Eigen::MatrixXd tangents_without_limit(const model::Network& network,
                                       const model::TangentOptions& options,
                                       const model::Deficits& deficits, std::int64_t narrowest);

}  // namespace wideproof::theory
