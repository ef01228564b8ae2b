// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include <Eigen/Core>

namespace wideproof::theory {

/// Moments of three and of four thresholded standard normals of correlations c, φ_a = (u_a−τ)₊.
///
/// The inner pair is done in closed form: given the outer normals, φ_cφ_d has the mean
/// s_c s_d E[(x−h)₊(y−k)₊] (unequal_kernel), s_c² the variance that is left, h = (τ−E[u_c|·])/s_c.
/// What remains is a quadrature over the outer normals by Gauss–Legendre panels. They are cut where
/// an inner normal's mean passes the threshold, and are as fine as s_c there: where inputs are
/// linearly dependent and s_c = 0, this is a kink. So is a place where h = ±k when the inner
/// correlation is ±1. Correlations that only rounding keeps from being positive semidefinite are
/// taken as the nearest ones that leave no variance negative.

/// E[φ_a^p φ_b φ_c] for p = 0, 1, 2 with φ_a⁰ = 1(u_a>τ), by a quadrature over u_a. Off by at most
/// `triple_accuracy`·E[φ^{p+2}].
std::array<double, 3> triple_moments(double tau, double c_ab, double c_ac, double c_bc);

/// E[φ_a φ_b φ_c φ_d], c of unit diagonal, by a quadrature over x = (u_a+u_b)/√(2+2c_ab) and
/// y = (u_a−u_b)/√(2−2c_ab), independent, on the wedge u_a, u_b > τ. The pair outside is the one
/// that leaves most variance to the others. Off by at most `quadruple_accuracy`·E[φ⁴].
double quadruple_moment(double tau, const Eigen::Matrix4d& c);

inline constexpr double triple_accuracy = 1e-7;
inline constexpr double quadruple_accuracy = 1e-6;

}  // namespace wideproof::theory
