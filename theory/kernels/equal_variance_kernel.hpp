// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/deficits.hpp>

namespace wideproof::theory {

/// A symmetric P × P kernel with one number on its diagonal, as unit-norm inputs have it, and what
/// each pair lacks of that number:
///
///   covariance_ab = variance · (1 − deficit_ab).
///
/// Where a pair is near, δ ≤ ½, the deficit is what was computed and keeps its digits however small
/// it is, 0 exactly for coinciding inputs; elsewhere the covariance is.
struct EqualVarianceKernel {
  static constexpr double near = 0.5;

  EqualVarianceKernel() = default;
  /// Of uncorrelated inputs.
  EqualVarianceKernel(Eigen::Index inputs, double variance);

  /// The first layer's, of variance 1. Diagonals are not read; entries beyond a pair's bounds are
  /// taken as at them.
  static EqualVarianceKernel of_unit_inputs(const model::Deficits& deficits);
  /// From cosines, whose bits it keeps.
  static EqualVarianceKernel of_unit_inputs(const Eigen::MatrixXd& cosines);

  /// Distinct pairs.
  Eigen::Index pairs() const { return covariance.rows() * (covariance.rows() - 1) / 2; }

  /// Sets the entry of a pair whose covariance is `value` and lies by `drop` below the variance.
  void set_pair(Eigen::Index a, Eigen::Index b, double value, double drop);

  double variance = 1.0;
  Eigen::MatrixXd covariance;
  Eigen::MatrixXd deficit;
};

}  // namespace wideproof::theory
