// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace wideproof::model {

/// The parameters that gradients are taken in, of tangent kernels and in training. The weights of a
/// layer are W = (σ/√n) ω, ω = C_A X C_Bᵀ, with C_A C_Aᵀ = A and C_B C_Bᵀ = B the lateral filters
/// and X white:
///
///   weights  ω itself, one parameter a synapse
///   field    X, which the filters shape into weights
///
/// Both are the same where no weights are correlated.
enum class Trained { weights, field };

/// Whether a threshold that is set from a layer's own pre-activations hands on their derivatives:
///
///   detached  ∂z_i = 1(h_i > t) ∂h_i, the threshold a constant
///   through   ∂z_i = 1(h_i > t) (∂h_i − ∂t)
///
/// A fixed threshold has no derivative.
enum class ThresholdGradient { detached, through };

std::string_view name_of(Trained trained);
/// Throws InputError naming `key` and every known name.
Trained trained_from_name(std::string_view key, std::string_view name);

std::string_view name_of(ThresholdGradient gradient);
/// Throws InputError naming `key` and every known name.
ThresholdGradient threshold_gradient_from_name(std::string_view key, std::string_view name);

}  // namespace wideproof::model
