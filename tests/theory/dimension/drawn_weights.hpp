// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <random>

#include <Eigen/Core>
#include <Eigen/QR>

namespace wideproof::theory {

/// Weights for tests of what holds for given ones.
class DrawnWeights {
 public:
  explicit DrawnWeights(std::uint64_t seed) : engine_(seed) {}

  Eigen::MatrixXd normals(Eigen::Index rows, Eigen::Index columns) {
    return Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return normal_(engine_); });
  }

  /// Variance g²/N, correlated by ρ across the receiving units, or else the sending ones.
  Eigen::MatrixXd correlated(Eigen::Index width, double gain, double rho, bool is_sending = false) {
    Eigen::MatrixXd weights = std::sqrt(1 - rho) * normals(width, width);
    const Eigen::VectorXd shared = std::sqrt(rho) * normals(width, 1);
    if (is_sending) {
      weights.colwise() += shared;
    } else {
      weights.rowwise() += shared.transpose();
    }
    return gain / std::sqrt(static_cast<double>(width)) * weights;
  }

  /// g times an orthogonal matrix.
  Eigen::MatrixXd orthogonal(Eigen::Index width, double gain) {
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(normals(width, width));
    return gain * Eigen::MatrixXd(qr.householderQ());
  }

 private:
  std::mt19937_64 engine_;
  std::normal_distribution<double> normal_;
};

}  // namespace wideproof::theory
