// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/tangent/gradient_rows.hpp>

namespace wideproof::sim {

/// Sums over a layer's neurons of the gradients that pass it, Q rows.
struct GradientSums {
  Eigen::MatrixXd beside;            ///< Σ_i y_i δ_iᵀ of some other rows y, R × Q
  Eigen::MatrixXd gram;              ///< Σ_i δ_i δ_iᵀ, Q × Q; or 0 × 0
  std::vector<Eigen::MatrixXd> own;  ///< its blocks of each full probe, P × P; or none

  GradientSums& operator+=(const GradientSums& other);
};

/// What is summed.
struct GradientSumShape {
  GradientRows rows;
  std::int64_t beside = 0;  ///< R
  /// Whether all of the gradients' Gram is wanted, and not the probes' own blocks alone.
  bool cross = true;

  GradientSums none() const;
};

/// GradientSums of one run of blocks, in a dtype of choice.
class GradientRun {
 public:
  GradientRun(const GradientSumShape& shape, at::ScalarType dtype);

  /// `rows`: R + Q rows, those beside first; contiguous.
  void add(const at::Tensor& rows);
  GradientSums sums() const;

 private:
  GradientSumShape shape_;
  at::Tensor products_;          ///< (R + Q) × Q, where `cross`
  at::Tensor beside_;            ///< R × Q, else
  std::vector<at::Tensor> own_;  ///< P × P, likewise
};

}  // namespace wideproof::sim
