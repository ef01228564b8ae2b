// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::sim {

/// K⁺ of a positive semidefinite kernel K (P × P), which is scaled to a unit diagonal first.
/// Directions of an eigenvalue below P times `resolution` of the largest count as lost.
class KernelInverse {
 public:
  KernelInverse(const Eigen::MatrixXd& kernel, double resolution);

  /// Whether inputs are so nearly collinear in K that sums over neurons are wanted in double.
  bool is_nearly_singular() const { return is_nearly_singular_; }

  const Eigen::MatrixXd& matrix() const { return matrix_; }

 private:
  Eigen::MatrixXd matrix_;
  bool is_nearly_singular_ = false;
};

}  // namespace wideproof::sim
