// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace wideproof::sim {

/// What M samples tell of the covariance C of a layer's N activations over an ensemble of inputs,
///
///   D̃ = (tr C)²/(N tr C²),     NΣ = N · 2/(N(N−1)) Σ_{i<j} C_ij² = (tr C² − Σ_i C_ii²)/(N−1)
///
/// (Zhou & Huang, arXiv 2006.11569). D̃ is not a number where no activation varies.
struct EnsembleEstimate {
  double trace = 0.0;                 ///< tr C
  double trace_squared = 0.0;         ///< (tr C)²
  double square_trace = 0.0;          ///< tr C²
  double dimensionality = 0.0;        ///< D̃
  double ratio_bias = 0.0;            ///< what was taken off the ratio of the two to give D̃
  double correlation_strength = 0.0;  ///< NΣ

  /// Of activations `unit` times as large.
  EnsembleEstimate in_unit(double unit) const;
};

/// Of the ensemble that the samples are drawn from. `activations`: N × M with contiguous rows, N ≥
/// 2, M even and ≥ 16; samples are independent given the network.
///
/// Halves of m = M/2 samples give covariances Ĉ₁, Ĉ₂ (each centred at its own mean, divisor m − 1)
/// that are independent and unbiased, so that
///
///   tr Ĉ₁ · tr Ĉ₂,   tr(Ĉ₁ Ĉ₂)   and   (tr(Ĉ₁ Ĉ₂) − Σ_i Ĉ₁_ii Ĉ₂_ii)/(N−1)
///
/// are unbiased for (tr C)², tr C² and NΣ. With centred activations X₁, X₂ (N × m),
/// tr(Ĉ₁ Ĉ₂) = |X₁ᵀ X₂|²/(m−1)²: m × m products, at N m² multiplications, N large or not.
///
/// The ratio of the first two has a bias, a/m from each half and c/m² from both. These are
/// estimated and taken off by a jackknife of each half, over up to 16 blocks, the one of the other:
/// with D_bc the ratio without block b of the first half and c of the second (· for all), B blocks
/// of m_b,
///
///   D̃ = B² D_·· − B Σ_b v_b D_b· − B Σ_c v_c D_·c + Σ_bc v_b v_c D_bc,   v_b = 1 − m_b/m.
///
/// (Leaving out the same block of both would take c/m² off twice: tr(Ĉ₁ − C)(Ĉ₂ − C) has no first
/// order.)
///
/// Products are in the activations' dtype, after centring; sums of their squares in double. The
/// same bits on any number of threads. `scratch`: N × M to write to, if any is at hand.
EnsembleEstimate estimate_ensemble(const at::Tensor& activations, int threads,
                                   const at::Tensor& scratch = {});

/// Of an ensemble that is these samples and no others: C = (1/M) Σ_a (x_a − x̄)(x_a − x̄)ᵀ exactly.
/// M ≥ 2; otherwise as above.
EnsembleEstimate whole_ensemble(const at::Tensor& activations, int threads);

/// Bytes that estimate_ensemble() and whole_ensemble() hold beside the activations, and
/// multiplications that the first takes.
double estimate_memory(std::int64_t width, std::int64_t samples, std::int64_t bytes_a_number);
double whole_memory(std::int64_t width, std::int64_t samples, std::int64_t bytes_a_number);
double estimate_work(std::int64_t width, std::int64_t samples);

}  // namespace wideproof::sim
