// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>

namespace wideproof::theory {

/// What the means of G and D of LayerInfluences have at second order, for layers without thresholds
/// of their own (linear, relu, and thresholded_relu under the rule fixed), by Price's theorem and
/// Stein's identity. Pairs of variances q and covariance q (1−δ), 0 < δ < 2, or one input, δ = 0.
///
/// Gradients of neurons regress on h, C_x(a) = E[h(x) ∂h(a)]: `products` are those of two such
/// vectors, n C_x(a)·C_y(b), in rows (x, a) = aa, ab, ba, bb.
struct LayerCurvature {
  using Products = Eigen::Matrix4d;

  /// Second derivatives of G_aa, G_ab, G_bb and of D by K_aa, K_ab, K_bb.
  std::array<Eigen::Matrix3d, 3> gram, slope;
  /// E[∂_w ∂_w'(φ'_xφ'_y)], w, w' the inputs, of xy = aa, ab, bb.
  std::array<Eigen::Matrix2d, 3> pull;
  /// E[∂_w(φ_xφ'_a)] by rows (x, a) and w.
  Eigen::Matrix<double, 4, 2> regression;
  /// E[φ_xφ_yφ'_aφ'_b] by rows (x, a) and columns (y, b).
  Products moments;

  LayerCurvature(const model::Network& network, double q, double delta);

  /// Σ pull n C_w(x)·C_w'(y): n times what E[φ'_xφ'_y ∂h_x·∂h_y] has beyond D Θ.
  Eigen::Vector3d pulled(const Products& products) const;

  /// The products of the next layer at σ² = 1: `tangent` has Θ_aa, Θ_ab, Θ_bb of this one.
  Products next(const Products& products, const Eigen::Vector3d& tangent) const;

 private:
  void set_linear(double q, double delta);
};

}  // namespace wideproof::theory
