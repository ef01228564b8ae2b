// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::theory {

/// The Gram matrices that kernels of the next layers are made of, LayerRecursion's step turned
/// round. From somebody's own K^2 … K^{depth+1}, P × P each, and K^1, the inputs' cosines,
///
///   G^l_ab = [(K^{l+1}_ab − σ_b²)/σ² − Σ_{γ≠0} B(γ) E[φ(u_a)φ(v_b)]] / gram_scale,
///
/// u, v of variances K^l_aa, K^l_bb and covariance A(γ) K^l_ab, the kernel being theirs. σ², K^1
/// and gram_scale are those of `theory`, the network's own prediction. Right kernels give right
/// Grams, and a mistake in the kernel of a layer is one in its Gram, enlarged by 1/σ². Without a
/// presynaptic filter nothing but the two variances is taken off.
///
/// What comes out of wrong kernels need not be a Gram matrix: its diagonal may be negative.
std::vector<Eigen::MatrixXd> grams_of_kernels(const model::Network& network,
                                              const model::Prediction& theory,
                                              const std::vector<Eigen::MatrixXd>& kernels);

/// The way back: the kernels K^2 … K^{depth+1} that are made of somebody's own Grams.
std::vector<Eigen::MatrixXd> kernels_of_grams(const model::Network& network,
                                              const model::Prediction& theory,
                                              const std::vector<Eigen::MatrixXd>& grams);

}  // namespace wideproof::theory
