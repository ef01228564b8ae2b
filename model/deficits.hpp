// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include <Eigen/Core>

namespace wideproof::model {

/// 1 − c for the cosines or correlations c of P things, P × P, symmetric, 0 on the diagonal: a
/// measure of how far they are apart that keeps its digits where they nearly coincide. A type of
/// its own, so that it is not taken for a matrix of cosines.
class Deficits {
 public:
  explicit Deficits(Eigen::MatrixXd values) : values_(std::move(values)) {}

  /// Of cosines that are known as such: right to the rounding of 1, absolutely.
  static Deficits of_cosines(const Eigen::MatrixXd& cosines) {
    return Deficits(1 - cosines.array());
  }

  const Eigen::MatrixXd& values() const { return values_; }
  Eigen::MatrixXd cosines() const { return 1 - values_.array(); }

 private:
  Eigen::MatrixXd values_;
};

}  // namespace wideproof::model
