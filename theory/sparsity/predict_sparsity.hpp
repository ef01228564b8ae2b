// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>

namespace wideproof::theory {

struct SparsityOptions {
  /// Up to how many inputs n·Var of what is pooled over neurons is computed, whose time grows as P⁴
  /// (predict_gram_covariance).
  Eigen::Index most_inputs_pooled = 8;
  /// Up to how many pairs of different deficits n·Var of averages over inputs is computed, 2 µs
  /// each a layer, and a few times that with postsynaptic correlation.
  std::ptrdiff_t most_pairs = 500'000;
};

/// How sparse each hidden layer of a random network is, from its kernels: `prediction` is what
/// predict() gives for `network`, on P inputs of unit norm, `labels` one for each of them, or
/// empty.
///
/// **Averages over inputs.** Limits are ActivityLaw's at the layer's variance of h, the same for
/// all inputs. An average r̄ over inputs of r̂_a has, with C_ab = Cov(r̂_a, r̂_b) given the kernel and
/// s the slope of r in ln q, of which fixed thresholds alone have one,
///
///   n·Var(r̄) → mean_ab [C(c_ab) + s² V_ab],    n·(E r̄ − r) → bias + s β + ½ r'' V_aa,
///
/// V_ab = n·Cov and β = n·bias of the kernel's norms K_aa in units of q, which PairRecursion's
/// recursion for norms carries on from layer to layer,
///
///   V' = ω² (λ² V + N),   β' = ω (λβ + ½ηV + own),   ω = 1 − σ_b²/q'.
///
/// **Pooled over neurons.** Lifetime sparseness and η² are ratios of Gram entries (GramRatio),
/// exact in the limit whatever the inputs are. Treves and Rolls' activity is r̂², of slope 2r and
/// curvature 2.
///
/// What is not derived is nullopt, with the reason in `not_derived`: for tanh and erf all but the
/// first layer's n·Var of one input and bias; whatever ActivityLaw, predict_fluctuation and
/// predict_gram_covariance do not have; all but limits of layers that differ; pooled numbers of
/// more inputs than the options say.
///
/// Throws InputError as InputClasses does.
model::SparsityPrediction predict_sparsity(const model::Network& network,
                                           const model::Prediction& prediction,
                                           const std::vector<std::int64_t>& labels = {},
                                           const SparsityOptions& options = {});

}  // namespace wideproof::theory
