// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/model/network.hpp>
#include <wideproof/theory/kernels/lateral_sum.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {

/// How a layer of a critical network with (thresholded) ReLUs, or one projected to non-negative
/// vectors, maps the correlation of two inputs:
///
///   c' = (1 − σ_b²) F(c)/F(1) + σ_b²,     F(c) = Σ_γ B(γ) k_τ(A(γ) c).
///
/// Without bias it holds for every weight variance. With A = δ, F(c) = k_τ(c) + mμ² (Chun & Lee
/// 2024).
class CorrelationMap {
 public:
  CorrelationMap(const ThresholdedReluKernel& kernel, LateralSum sum, double bias_variance = 0.0);

  /// Throws InputError naming network.activation unless it is one of these, and
  /// network.weight_variance when there is a bias and the variance is not critical.
  explicit CorrelationMap(const model::Network& network);

  double operator()(double c) const;

  /// 1 − c' for c = 1 − δ, δ ∈ [0, 2], to relative precision however small δ is.
  double deficit(double delta) const;

  /// χ = dc'/dc at c = 1; with A = δ and no bias, f/(k_τ(1) + mμ²).
  double slope_at_one() const;

  /// Where iterating the map ends: 1 if χ ≤ 1, else a crossing c* < 1 (the only one where the map
  /// is convex, which it is for A, B ≥ 0).
  double fixed_point() const;

 private:
  ThresholdedReluKernel kernel_;
  LateralSum sum_;
  double bias_variance_;
  double gain_;  ///< (1 − σ_b²)/F(1)
};

/// The map of a network; nullopt where the constructor would throw.
std::optional<CorrelationMap> correlation_map(const model::Network& network);

/// The degree of correlation at which χ = 1 for A = δ,
///
///   m* = ((1 − σ_b²) f − k_τ(1))/μ²,    without bias  m* = τ/μ.
double optimal_degree_of_correlation(const ThresholdedReluKernel& kernel,
                                     double bias_variance = 0.0);

/// m* of a network, where it exists: (thresholded) ReLUs, receiving neurons without local
/// correlation, no bias unless the weight variance is critical, and m* ≥ −1, the least degree that
/// a filter can have.
std::optional<double> critical_degree_of_correlation(const model::Network& network);

}  // namespace wideproof::theory
