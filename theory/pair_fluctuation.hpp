// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/theory/gram_noise.hpp>
#include <wideproof/theory/pair_covariance.hpp>
#include <wideproof/theory/threshold_bias.hpp>

namespace wideproof::theory {

/// Fluctuations of two inputs' Gram entries at one hidden layer, to first order in 1/n: those of
/// (Ĝ_aa, Ĝ_ab, Ĝ_bb) in the scale of LayerPrediction::gram, and of Ĝ_ab/√(Ĝ_aa Ĝ_bb) by the delta
/// method. The correlation's are relatively precise where the deficit is small: in units of its
/// square, and of itself.
struct PairFluctuation {
  Eigen::Matrix3d gram_covariance;  ///< lim n·Cov
  PairCovariance distances;         ///< the same in coordinates that keep their digits
  double correlation_variance;      ///< lim n·Var
  Eigen::Vector3d gram_bias;        ///< lim n·(E Ĝ − G)
  double correlation_bias;
};

/// Why a network's fluctuations are not derived, in a sentence; empty if they are.
std::string fluctuation_not_derived(const model::Network& network);

/// Carries the fluctuation of a pair's kernel entries from layer to layer. A pair closes in itself,
/// for an entry of a layer depends on the three of the layer before alone. In units of the variance
/// q and with the deficit δ = 1 − K_ab/q, the coordinates are x = (s, r, a) of PairKernel:
/// s = (K_aa + K_bb)/2, r = s − K_ab − δs, a = (K_aa − K_bb)/2. With H the map of LayerRecursion, J
/// its Jacobian and N the layer's own noise (GramNoise),
///
///   V¹ = 0,    V' = J V Jᵀ + N,    n·Cov(Ĝ) = J_G V J_Gᵀ + N_G                 V = n·Cov(x)
///   β¹ = 0,    β' = J β + ½ tr(∇²H V) + own bias (ThresholdBias)               β = n·(E x − K)
///
/// and the correlation ĉ = (s − s δ − r)/√(s² − a²) has
///
///   n·Var ĉ = V_rr,    n·(E ĉ − c) = −β_r + V_sr + (1−δ)V_aa/2.
///
/// Deficits are those of the prediction; r and a vanish with δ and are carried as such, so that
/// V_rr/δ² and the bias over δ keep the precision of δ. A uniform B = m/n sums to m(1 − 1/n), hence
/// a bias −mμ² more of every entry; a bias of the neurons, σ_b², takes its share of q.
class PairRecursion {
 public:
  /// `prediction`: what predict() gives for `network`, whose fluctuations must be derived.
  /// `pairs`: how many will be asked for.
  PairRecursion(const model::Network& network, const model::Prediction& prediction,
                std::ptrdiff_t pairs);

  /// Inputs a and b, of every hidden layer.
  std::vector<PairFluctuation> operator()(Eigen::Index a, Eigen::Index b) const;

  /// LayerFluctuation::effective_neurons of hidden layer `layer`, from 0.
  double effective_neurons(std::size_t layer) const;

 private:
  const model::Prediction* prediction_;
  NeuronResponse response_;
  GramNoise noise_;
  double bias_variance_;
  bool has_senders_;  ///< B ≠ δ
  double degree_;     ///< m
  bool has_uniform_senders_;
  ThresholdBias threshold_bias_;
  double plain_over_gram_;
  double plain_over_next_;
};

}  // namespace wideproof::theory
