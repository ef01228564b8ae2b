// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

namespace wideproof::sim {

/// z̃ = (h − t̃)₊ with t̃_a = τ √K_aa: thresholds that are known before h is drawn.
class CompanionThreshold {
 public:
  /// `variances`: K_aa of the P inputs.
  CompanionThreshold(double tau, const Eigen::VectorXd& variances);

  /// Turns `h`, P × size, contiguous and on the CPU, into z̃. Returns how many of each input's are
  /// positive then.
  Eigen::ArrayXd apply_in_place(at::Tensor& h) const;

 private:
  Eigen::ArrayXd thresholds_;
};

}  // namespace wideproof::sim
