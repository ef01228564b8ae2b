// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

namespace wideproof::sim {

/// Σ_i |z_i| of each of P inputs, and how many neurons are silent: z_i = 0 for all of them. Sums
/// are taken in z's dtype over a thousand neurons and in double from there on.
class ActivitySums {
 public:
  explicit ActivitySums(std::int64_t inputs) : magnitudes_(Eigen::ArrayXd::Zero(inputs)) {}

  /// `z`: P × size, contiguous, float32 or float64, on the CPU.
  void add(const at::Tensor& z);

  const Eigen::ArrayXd& magnitudes() const { return magnitudes_; }
  std::int64_t silent() const { return silent_; }

 private:
  Eigen::ArrayXd magnitudes_;
  std::int64_t silent_ = 0;
};

}  // namespace wideproof::sim
