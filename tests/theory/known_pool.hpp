// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <random>

#include <Eigen/Dense>

namespace wideproof::theory {

/// A pool of points whose kernel has known eigenvalues and eigenvectors, the latter a random
/// rotation: K/N = Σ_ρ η_ρ Φ_ρ Φ_ρᵀ, Y = √N Σ_ρ v_ρ Φ_ρ.
struct KnownPool {
  Eigen::VectorXd eta;  ///< descending
  Eigen::MatrixXd v;    ///< N × outputs
  Eigen::MatrixXd modes;
  Eigen::MatrixXd kernel;
  Eigen::MatrixXd targets;

  KnownPool(Eigen::VectorXd eigenvalues, Eigen::MatrixXd coefficients, std::uint64_t seed)
      : eta(std::move(eigenvalues)), v(std::move(coefficients)) {
    const auto count = eta.size();
    std::mt19937_64 engine(seed);
    std::normal_distribution<double> normal;
    Eigen::MatrixXd gaussian(count, count);
    for (double& entry : gaussian.reshaped()) entry = normal(engine);
    modes = Eigen::HouseholderQR<Eigen::MatrixXd>(gaussian).householderQ();
    const auto n = static_cast<double>(count);
    kernel = n * modes * eta.asDiagonal() * modes.transpose();
    kernel = (kernel + kernel.transpose()).eval() / 2;
    targets = std::sqrt(n) * modes * v;
  }

  /// η_ρ = ρ^(−1.5) and two outputs whose modes have the powers ρ^(−1) and ρ^(−2).
  static KnownPool power_law(Eigen::Index count, std::uint64_t seed) {
    const Eigen::ArrayXd rho = Eigen::ArrayXd::LinSpaced(count, 1, static_cast<double>(count));
    Eigen::MatrixXd v(count, 2);
    v << rho.pow(-0.5), rho.pow(-1.0);
    return {rho.pow(-1.5), v, seed};
  }
};

}  // namespace wideproof::theory
