// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

namespace wideproof::sim {

/// Two halves of m = M/2 samples of N activations, each centred at its own mean and cut into blocks
/// that can be left out: X₁, X₂ (N × m), Ĉ_h = X_h X_hᵀ/(m−1).
class CentredHalves {
 public:
  static constexpr std::int64_t most_blocks = 16;
  static constexpr std::int64_t none = -1;  ///< of blocks left out

  /// `activations`: N × M, M even; `scratch`: N × M to write to, or undefined.
  CentredHalves(const at::Tensor& activations, int threads, const at::Tensor& scratch = {});

  std::int64_t half() const { return half_; }  ///< m
  std::int64_t blocks() const { return blocks_; }
  std::int64_t begin(std::int64_t block) const { return block * half_ / blocks_; }
  std::int64_t size(std::int64_t block) const { return begin(block + 1) - begin(block); }

  /// Σ_i Ĉ₁_ii Ĉ₂_ii
  double diagonal_product() const { return diagonal_; }

  /// tr Ĉ_h of half `half`, 0 or 1, as if its block had not been drawn.
  double trace(std::int64_t half, std::int64_t without) const;

  /// tr(Ĉ₁ Ĉ₂), as if block `first` of the first half and block `second` of the second had not been
  /// drawn.
  double product(std::int64_t first, std::int64_t second) const;

 private:
  struct Sums;

  void centre(const at::Tensor& activations, int threads);
  Sums centre_rows(const at::Tensor& activations, std::int64_t first, std::int64_t count);
  void multiply_halves(int threads);
  std::int64_t left(std::int64_t without) const;

  std::int64_t half_;
  std::int64_t blocks_;
  at::Tensor centred_;           ///< N × M
  at::Tensor members_;           ///< 1 where a sample is of a block, M × 2 blocks
  Eigen::ArrayXXd squares_;      ///< |x_a|², m × 2
  Eigen::ArrayXXd block_norms_;  ///< |Σ_{a∈b} x_a|², blocks × 2
  double diagonal_ = 0.0;
  // Of G = X₁ᵀ X₂, m × m, for each block of rows (first half) and of columns (second half):
  Eigen::MatrixXd gram_sums_;       ///< Σ G_ij
  Eigen::MatrixXd gram_squares_;    ///< Σ G_ij²
  Eigen::MatrixXd row_squares_;     ///< Σ_i (Σ_j G_ij)²
  Eigen::MatrixXd column_squares_;  ///< Σ_j (Σ_i G_ij)²
};

}  // namespace wideproof::sim
