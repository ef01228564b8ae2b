// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/theory/dimension/dimension_limit.hpp>
#include <wideproof/theory/dimension/dimension_recursion.hpp>

namespace wideproof::theory {

/// The layer that an ever deeper network ends with: K*, η* and
///
///   D̃* = (1 − η²)/(⟨V²⟩/⟨V⟩² + η²(Ω − 1 + Σ_{γ≠0} B²))
///
/// with what DimensionRecursion says of correlations of one sign under a filter, which is
/// (1 − η²)/(1 + η²r²) without biases or filter. Of tanh and erf: q = Δ + h solves
/// q = g²⟨φ²⟩ + σ_b², and Δ the equation Δ = g²⟨V⟩ at that q; both have one root, since
/// ⟨φ²⟩/q and ⟨V⟩/Δ fall. Where g²κ ≤ 1 at Δ = 0, K* = 0, η* = 1 and D̃ falls on like 1/l.
///
/// Nullopt for other activations. In a linear network K = g^{2l} K⁰.
std::optional<model::DimensionFixedPoint> dimension_fixed_point(
    const DimensionRecursion& recursion);

}  // namespace wideproof::theory
