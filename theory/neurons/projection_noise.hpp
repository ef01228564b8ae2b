// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::theory {

/// What a projected layer of n independent neurons adds to its Gram's fluctuation
/// (ProjectionKernel): its activations are β(u−α)₊, or signed ones β sgn(u)(|u|−α)₊, with α and β
/// such that the layer's mean magnitude and mean square are what they are meant to be. Two
/// equations for two numbers: to first order in the layer's empirical measure, with φ the response
/// at the limit's threshold, μ = E|φ|, κ = E[φ²] and f the active fraction,
///
///   δα = (1/n) Σ_i IF(u_i),    IF(u) = [(|φ|−μ) − (μ/2κ)(φ²−κ)]/(f − μ²/κ)
///   ψ_ab = {φ_aφ_b − (c_φ/2)(φ_a²+φ_b²) − [M − c_φ μ] [IF(u_a) + IF(u_b)]}/κ,
///
/// c_φ = E[φ_aφ_b]/κ and M = E[s_a φ_b], s = −∂φ/∂α being 0 for silent neurons, 1 for active ones
/// or, signed, sgn(u). The Gram's diagonal is 1 in every network. With d = 1 − c_φ and Δ = φ_a −
/// φ_b,
///
///   −κψ_ab = Δ²/2 − (d/2)(φ_a²+φ_b²) − [μ − M − dμ] [IF(u_a) + IF(u_b)],   each less its mean,
///
/// whose terms all vanish with the pair's deficit.
struct ProjectedPair {
  double deficit;  ///< d of the Gram
  double slope;    ///< dc_φ/dc
  /// lim n·Var(Ĝ_ab) = E[ψ_ab²], given the kernel; for distant inputs to 1e-12 E[φ⁴]/κ²
  double variance;

  /// `alpha`: the threshold, ≥ 0 for a signed projection; `delta`: of the kernel's correlation,
  /// 1 − δ, δ ∈ [0, 2].
  ProjectedPair(double alpha, bool is_signed, double delta);
};

}  // namespace wideproof::theory
