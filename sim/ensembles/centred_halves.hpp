// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

namespace wideproof::sim {

/// tr Ĉ₁, tr Ĉ₂ and tr(Ĉ₁ Ĉ₂) of the covariances of two samples.
struct TracePair {
  double first = 0.0;
  double second = 0.0;
  double product = 0.0;
};

/// Two halves of M samples of N activations, each centred at its own mean, cut into blocks that are
/// left out in turn.
class CentredHalves {
 public:
  static constexpr std::int64_t most_blocks = 16;

  /// `activations`: N × M, M even; `scratch`: N × M to write to, or undefined.
  CentredHalves(const at::Tensor& activations, int threads, const at::Tensor& scratch = {});

  std::int64_t half() const { return half_; }  ///< m
  std::int64_t blocks() const { return blocks_; }
  std::int64_t begin(std::int64_t block) const { return block * half_ / blocks_; }
  std::int64_t size(std::int64_t block) const { return begin(block + 1) - begin(block); }

  /// Σ_i Ĉ₁_ii Ĉ₂_ii
  double diagonal_product() const { return diagonal_; }

  /// Of all samples (element 0), and without block b of both halves (element b + 1). By the m × m
  /// products between halves, or by the N × N covariances: the same but for rounding.
  std::vector<TracePair> by_samples() const;
  std::vector<TracePair> by_neurons() const;

 private:
  struct Sums;

  void centre(const at::Tensor& activations);
  Sums centre_rows(const at::Tensor& activations, std::int64_t first, std::int64_t count);
  /// Σ over the samples kept of x xᵀ, the mean of those left taken off; `block` −1: all.
  Eigen::MatrixXd products_without(std::int64_t half, std::int64_t block,
                                   const Eigen::MatrixXd& all) const;
  at::Tensor samples_of(std::int64_t half, std::int64_t block) const;
  /// tr Ĉ₁ and tr Ĉ₂.
  TracePair traces_without(std::int64_t block) const;

  std::int64_t half_;
  std::int64_t blocks_;
  int threads_;
  at::Tensor centred_;           ///< N × M
  at::Tensor members_;           ///< 1 where a sample is of a block, M × 2 blocks
  Eigen::ArrayXXd squares_;      ///< |x_a|², m × 2
  Eigen::ArrayXXd block_norms_;  ///< |Σ_{a∈b} x_a|², blocks × 2
  double diagonal_ = 0.0;
};

}  // namespace wideproof::sim
