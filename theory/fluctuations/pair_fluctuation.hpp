// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/theory/fluctuations/threshold_bias.hpp>
#include <wideproof/theory/neurons/gram_noise.hpp>
#include <wideproof/theory/neurons/pair_covariance.hpp>

namespace wideproof::theory {

/// Fluctuations of two inputs' Gram entries at one hidden layer, to first order in 1/n: those of
/// (Ĝ_aa, Ĝ_ab, Ĝ_bb) in the scale of LayerPrediction::gram, and of Ĝ_ab/√(Ĝ_aa Ĝ_bb) by the delta
/// method. Where the deficit is small the correlation's variance keeps its precision relative to
/// the squared deficit, and its bias relative to the deficit.
struct PairFluctuation {
  Eigen::Matrix3d gram_covariance;  ///< lim n·Cov
  PairCovariance distances;         ///< the same in coordinates that keep their digits
  double correlation_variance;      ///< lim n·Var
  Eigen::Vector3d gram_bias;        ///< lim n·(E Ĝ − G)
  double correlation_bias;
};

/// Why a network's fluctuations are not derived, in a sentence; empty if they are.
std::string fluctuation_not_derived(const model::Network& network);

/// Carries the fluctuation of a pair's kernel entries from layer to layer. A pair needs no other
/// inputs: its entries at a layer depend on its three entries at the layer before alone. The
/// coordinates y are those of PairKernel, s and a of the norms and x of the deficit
/// 1 − K_ab/√(K_aa K_bb) itself, in units of the variance and of 1. With H the map of
/// LayerRecursion, J its Jacobian and N the layer's own noise (GramNoise),
///
///   V¹ = 0,    V' = J V Jᵀ + N,    n·Cov(Ĝ) = J_G V J_Gᵀ + N_G                 V = n·Cov(y)
///   β¹ = 0,    β' = J β + ½ tr(∇²H V) + own bias (ThresholdBias)               β = n·(E y − y∞)
///
/// where N comes in the coordinates s, d, a of PairCovariance: to second order it changes x by
/// (d − δs)(1 − s) − (1 − δ)a²/2, whose mean is part of the own bias. All numbers that concern x
/// vanish with δ, and are carried so that V_xx/δ² and β_x/δ keep the precision of the prediction's
/// deficits. A uniform B = m/n sums to m(1 − 1/n), hence a bias −mμ² more of every entry.
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
