// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace wideproof::sim {

/// What a sparseness-enforcing projection makes of a vector x: p = β max(x − α, 0) on its support,
/// 0 elsewhere, and of a signed one β sgn(x) max(|x| − α, 0).
struct ProjectionScale {
  double alpha = 0.0;        ///< α
  double beta = 0.0;         ///< β; 0 where ties at the top leave no unique projection
  std::int64_t support = 0;  ///< d: how many entries of p are not 0
};

/// Projects onto the vectors of sum λ₁ and Euclidean norm λ₂ (Hoyer 2004; Thom & Palm, JMLR 14,
/// 2013),
///
///   { p ≥ 0, Σp = λ₁, ‖p‖ = λ₂ }, or of signed vectors { Σ|p| = λ₁, ‖p‖ = λ₂ },
///
/// to the nearest one: p = β max(x − α, 0), α the root of ‖(x−α)₊‖₁/‖(x−α)₊‖₂ = λ₁/λ₂. On the
/// support, of d entries that sum to S₁ and whose squares sum to S₂,
///
///   α = [S₁ − λ₁ √((d S₂ − S₁²)/(d λ₂² − λ₁²))]/d.
///
/// Signed vectors are projected by absolute value and get their signs back. Entries are counted
/// from the largest one down, in double: raw sums would cancel. Candidates for the support are
/// halved at pivots, O(n) expected time without sorting.
///
/// Ties: with more entries at the top than (λ₁/λ₂)² the nearest vector is not unique. The first
/// ⌈(λ₁/λ₂)²⌉ of the tied entries share λ₁ then, all but the last alike. Nothing is ever NaN, and
/// doubles of any size are projected alike; β beyond the largest double is that one.
class SparsenessProjection {
 public:
  /// `ratio`: λ₁/λ₂, in [1, √size]; `norm`: λ₂ > 0. Throws std::invalid_argument for others.
  SparsenessProjection(std::int64_t size, double ratio, double norm, bool is_signed);

  /// To Hoyer's sparseness σ, (√n − λ₁/λ₂)/(√n − 1), in [0, 1].
  static SparsenessProjection of_hoyer(std::int64_t size, double sparseness, double norm,
                                       bool is_signed);

  /// Projects x, `size` finite numbers, in place.
  ProjectionScale operator()(float* x);
  ProjectionScale operator()(double* x);

  std::int64_t size() const { return size_; }
  double ratio() const { return ratio_; }
  double norm() const { return norm_; }

 private:
  template <class Number>
  ProjectionScale project(Number* x);

  std::int64_t size_;
  double ratio_;
  double norm_;
  bool is_signed_;
  std::vector<double> candidates_;  ///< what lies below the largest, for use again
};

/// g ← Jᵀg of the projection p of a vector, J = β(1 − 11ᵀ/d − r̂r̂ᵀ) on the support, r̂ being p there
/// less its mean, of unit norm; 0 elsewhere. Of a signed one 1 is the signs of p. J is symmetric.
/// Where ties left β at 0, 0.
void pass_back_projection(const ProjectionScale& scale, const float* p, std::int64_t size,
                          float* g);
void pass_back_projection(const ProjectionScale& scale, const double* p, std::int64_t size,
                          double* g);

}  // namespace wideproof::sim
