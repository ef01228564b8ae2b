// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/theory/neurons/joint_features.hpp>

namespace wideproof::theory {

/// Why the covariance of all Gram entries of a network is not derived, in a sentence; empty if it
/// is. It takes what fluctuation_not_derived takes, without postsynaptic correlation.
std::string gram_covariance_not_derived(const model::Network& network);

/// lim n·Cov(Ĝ_ab, Ĝ_cd) between any two entries of the Gram, of each hidden layer: T × T over the
/// T = P(P+1)/2 pairs in the order of packed_index (upper triangle, column by column), in the scale
/// of LayerPrediction::gram. A pair's block is that of PairRecursion, to rounding. With V = n·Cov
/// of the kernel's entries,
///
///   V¹ = 0,    V' = F V Fᵀ + N,    n·Cov(Ĝ) = F_G V F_Gᵀ + N_G
///
/// where a row of F, of entry (ab), is PairKernel::product_gradient().
///
/// Entries between three or four different inputs hold quadratures, whose error is at most
/// `gram_covariance_accuracy` of the layer's largest variance; the least eigenvalue can be negative
/// by as much. Time and memory grow as P⁴: three layers take 0.1 s for 8 inputs in general position
/// and 3 s for 16, up to eight times that where all cosines are near 1, and far less where cosines
/// repeat (inputs on a circle). Inputs of deficit 0 (LayerPrediction::preactivation_deficit of the
/// first layer) count as one.
///
/// All errors are relative to the largest variance, 1e-6 with three or four inputs; in a pair's
/// block they are roundings, amplified to 1e-16/√δ and at most 1e-7 where the deficit δ is small.
/// For near inputs the entries are therefore right, but not their differences: the variance of the
/// inputs' distance, of the order δ², is lost in these errors. PairFluctuation::distances keeps it.
///
/// Throws std::invalid_argument with the reason where it is not derived. `prediction` is what
/// predict() gives for `network`.
std::vector<Eigen::MatrixXd> predict_gram_covariance(const model::Network& network,
                                                     const model::Prediction& prediction);

inline constexpr double gram_covariance_accuracy = 1e-6;

/// What a layer of independent neurons adds, given its kernel of unit variances, in the order of
/// packed_index: lim n·Cov of the entries of
///
///   Ĝ^B = (1/n) Σ_ij B(i−j) φ(i)φ(j)ᵀ,
///
/// of Ĝ where B = δ. GramNoise is the same for two inputs: the covariance of the influences
/// φ_aφ_b + mμ(φ_a+φ_b) − (M_τ(c_ab) + mfμ) [IF(u_a)+IF(u_b)], and the degenerate part
/// Σ_{γ≠0}B(γ)² [Cov(φ_a,φ_c) Cov(φ_b,φ_d) + Cov(φ_a,φ_d) Cov(φ_b,φ_c)].
///
/// `degree` is m, `squared_others` Σ_{γ≠0}B(γ)²; 0 and 0 for B = δ.
Eigen::MatrixXd gram_noise(const NeuronResponse& response, const Eigen::MatrixXd& correlation,
                           const JointFeatures& features, double degree, double squared_others);

}  // namespace wideproof::theory
