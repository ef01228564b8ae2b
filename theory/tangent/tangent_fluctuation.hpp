// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/tangent/tangent_options.hpp>
#include <wideproof/model/tangent/tangent_prediction.hpp>

namespace wideproof::theory {

/// lim n·Var of the entries of tangent kernels of networks of width n, P × P each, or why there is
/// none.
struct TangentFluctuation {
  std::vector<Eigen::MatrixXd> layers;  ///< of the mean over neurons, by layer from 1
  /// Of its estimate by one probe of random signs, (1/n) Σ_ij ε_i ε_j ∂h_i·∂h_j.
  std::vector<Eigen::MatrixXd> probed;
  /// lim n·Cov(K̂_ab, Θ̂_ab), K̂ the kernel of that layer's pre-activations: of means and probes.
  std::vector<Eigen::MatrixXd> with_kernel;
  Eigen::MatrixXd output;   ///< scaled as TangentPrediction::output_tangent
  std::string not_derived;  ///< why the others are empty, in a sentence; else empty
  /// lim n·(E Θ̂ − Θ) by layer, of means and probes alike, and of the output.
  std::vector<Eigen::MatrixXd> biases;
  Eigen::MatrixXd output_bias;
  std::string bias_not_derived;  ///< why the biases are empty; else empty
};

/// For independent weights. Given a layer's own K̂ and Θ̂, its neurons are independent, and with the
/// means over neurons Ĝ = mean φφ, D̂ = mean φ'φ'
///
///   K̂' = σ² Ĝ + σ_b²,   Θ̂' = σ² (Ĝ + D̂ Θ̂) + σ_b²
///
/// but for terms of O(1/n). So the covariance V of a pair's six entries (K and Θ; aa, ab, bb) times
/// n obeys V' = J V Jᵀ + N, V¹ = 0, with J the map's Jacobian and N the covariance of the neurons'
/// influences on Ĝ and D̂, thresholds of a layer's own included.
///
/// Different neurons' gradients have products of the order n^{−1/2}. For i ≠ j, n times the means
/// of (∂h_i(a)·∂h_j(b))² and (∂h_i(a)·∂h_j(b)) (∂h_i(b)·∂h_j(a)) are
///
///   R' = σ⁴ (D_ab Θ_ab² + D_aa D_bb R),   R'_× = σ⁴ (D_ab Θ_ab² + D_ab² R_×),   R¹ = R¹_× = 0,
///
/// and a random readout, or a probe, sums all n² of them: it adds D_aa D_bb R + D_ab² R_× and, from
/// the squares of its weights, 2 D_ab Θ_ab² for the output, R + R_× for the probe. D_ab as the
/// fourth moment of φ' is that of rectifiers and linear neurons.
///
/// **Biases.** To second order in K̂ and Θ̂, β' = Jβ + ½ tr(∇² V) and what D̂ and Θ̂ have in common;
/// and gradients know something of h: with n C_x(a)·C_y(b), C_x(a) = E[h(x) ∂h(a)], carried through
/// the layers, E[φ'φ' ∂h·∂h] is more than D Θ by LayerCurvature::pulled()/n. Derived where no
/// threshold is a layer's own: under the rule fixed, and for relu and linear.
///
/// `theory` is predict_tangent() of the network. Derived for relu, linear and thresholded_relu
/// without lateral filters, thresholds detached (those of quantiles: `through` is not derived).
/// Pairs nearer than a deficit of 1e-10 (of biases 1e-5) are taken as coinciding, from which they
/// differ by its root.
TangentFluctuation tangent_fluctuation(const model::Network& network,
                                       const model::TangentPrediction& theory,
                                       const model::TangentOptions& options = {});

}  // namespace wideproof::theory
