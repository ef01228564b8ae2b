// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::theory {

/// Density of a standard normal, g(x) = exp(−x²/2)/√(2π).
double normal_density(double x);

/// Q(x) = P(u > x) for a standard normal u, to a relative error of a few ulp in both tails.
double normal_tail(double x);

/// The threshold τ that a fraction f of standard normals exceeds, Q(τ) = f.
/// Throws InputError naming network.active_fraction as model::require_active_fraction() does.
double tau_of(double active_fraction);

}  // namespace wideproof::theory
