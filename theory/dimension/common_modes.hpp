// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/network.hpp>

namespace wideproof::theory {

/// What a uniform correlation across receiving units leaves in layers of neurons that are not odd:
/// rectifiers and steps (derived; checked with sampled networks). Such a layer's fields share a
/// fluctuation of variance ℓ/√N over the inputs, ℓ = r g²K, which later layers hand on. So
///
///   C_ij = bulk + N^{−1/2} Σ_a ℓ_a v^a_i v^a_j,
///
/// one mode a from each layer. Per unit of a mode, the next layer's field i moves by ζ^a_i = Σ_k
/// w_ik v^a_k, normal over its units, the threshold by q^a, and the variance of fields over the
/// rest of the input by D^a = g²⟨∂V⟩^a, common to all units:
///
///   Cov(ζ^a, ζ^b) = g²(⟨v^av^b⟩ + m⟨v^a⟩⟨v^b⟩)         m, where it stands before ⟨ ⟩, is the
///   Cov(ζ^a, μ) = g²(⟨m v^a⟩ + m M⟨v^a⟩)               degree of the presynaptic filter
///   v'^a = (ζ^a − q^a) ∂m/∂μ + D^a ∂m/∂Δ,               v'⁰ = (1 − q⁰) ∂m/∂μ of the new mode,
///   ⟨∂V⟩'^a = ⟨(ζ^a − q^a) ∂V/∂μ + D^a ∂V/∂Δ⟩
///
///   fixed      q = 0
///   std        q^a = τ (Cov(ζ^a, μ) + D^a/2)/√(Δ+h),  q⁰ = 0
///   quantile   keeps the fraction above it; q⁰ = 1: such thresholds leave nothing of the modes
///
/// NΣ gets Σ_ab ℓ_aℓ_b⟨v^av^b⟩² in place of r²K². Fixed thresholds let modes grow from layer to
/// layer, until at finite N, where ℓ/√N is no longer small, they saturate. GaussianClosure has no
/// D, and underrates modes.
///
/// Odd neurons have ⟨v⁰v^a⟩ = ⟨m v^a⟩ = D^a = 0: r²K² is all that they make of it.
class CommonModes {
 public:
  /// A thresholded activation or ReLU.
  CommonModes(model::Activation activation, double tau, model::ThresholdRule rule)
      : activation_(activation), tau_(tau), rule_(rule) {}

  /// A layer and what it gets from the one before.
  struct Layer {
    double weight_variance;  ///< g²
    double degree;           ///< m of the filter that acts on the layer's inputs
    double variance;         ///< Δ > 0
    double field_square;     ///< h
    double input_mean;       ///< M of the layer before
    double strength;         ///< ℓ of the new mode
  };
  void pass(const Layer& layer);

  /// Σ_ab ℓ_aℓ_b⟨v^av^b⟩²/K² of the layer last passed, K its variance.
  double strength_ratio(double variance) const;

 private:
  model::Activation activation_;
  double tau_;
  model::ThresholdRule rule_;
  Eigen::VectorXd strengths_;   // ℓ_a, the newest last
  Eigen::MatrixXd overlaps_;    // ⟨v^av^b⟩
  Eigen::VectorXd with_mean_;   // ⟨m v^a⟩
  Eigen::VectorXd averages_;    // ⟨v^a⟩
  Eigen::VectorXd variations_;  // ⟨∂V⟩^a
};

}  // namespace wideproof::theory
