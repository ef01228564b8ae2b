// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::theory {

/// Why the fluctuations of a network of projected layers are not derived, in a sentence; empty if
/// they are: without postsynaptic correlation, and of signed projections with a threshold.
std::string projection_fluctuation_not_derived(const model::Network& network);

/// Carries the variance of a pair's correlation through projected layers, to first order in 1/n.
/// All fluctuations are those of correlations: a layer's Gram has 1 on its diagonal in every
/// network. With V = n·Var of the correlation of h, F the map from it to the Gram and N of
/// ProjectedPair,
///
///   V¹ = 0,    n·Var(Ĝ) = F'² V + N.
///
/// A layer's mean is r too in every network, r = 1 − σ*, or 0 of the odd activations of a signed
/// projection. So presynaptic correlation adds mr² to every entry of the kernel, which moves
/// nothing, and a degenerate double sum of covariance S = Σ_{γ≠0} B(γ)² times [C_ac C_bd + C_ad
/// C_bc], where C = G − r². In terms of the deficits d of the Gram and δ' of the next layer's
/// correlation,
///
///   V' = w² [n·Var(Ĝ) + S (2 C_aa C_ab δ'² + 2 (1−δ') d² + d² δ'²)],    w = σ²/K'_aa.
class ProjectionFluctuation {
 public:
  /// `prediction`: what predict() gives for `network`, whose fluctuations must be derived.
  ProjectionFluctuation(const model::Network& network, const model::Prediction& prediction);

  /// n·Var(Ĝ_ab), the correlation's, of every hidden layer; 0 where the inputs coincide.
  std::vector<double> operator()(Eigen::Index a, Eigen::Index b) const;

 private:
  const model::Prediction* prediction_;
  double alpha_;
  bool is_signed_;
  double mean_;            ///< r
  double squared_others_;  ///< S
};

}  // namespace wideproof::theory
