// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace wideproof::model {

/// The nonlinearity z = φ(h) of every hidden layer.
///
///   thresholded_relu   φ(h) = max(h − t, 0)          (Chun & Lee 2024)
///   thresholded_step   φ(h) = 1 if h > t, else 0     (Heaviside)
///   relu               φ(h) = max(h, 0)
///   erf, tanh, linear  the functions of these names
///   sparse_projection  the nearest vector to a whole layer's h, or to its non-negative part, of a
///                      given sparseness (Thom & Palm 2013)
///
/// t is set by the network's ThresholdRule; the last five have no threshold that is given.
enum class Activation {
  thresholded_relu,
  thresholded_step,
  relu,
  erf,
  tanh,
  linear,
  sparse_projection
};

/// Whether the activation has a threshold, and so reads active_fraction and the threshold rule.
bool is_thresholded(Activation activation);

/// Active fractions for which theory's kernels are certified.
inline constexpr double least_active_fraction = 1e-4;
inline constexpr double most_active_fraction = 0.9;

/// Throws InputError naming network.active_fraction unless it lies between these.
void require_active_fraction(double active_fraction);

/// The name in an experiment file, such as "thresholded-relu".
std::string_view name_of(Activation activation);

/// Inverse of name_of. Throws InputError naming `key` and every known name.
Activation activation_from_name(std::string_view key, std::string_view name);

/// How the threshold t(x) of a layer is set, for each input x:
///
///   fixed      t = τ √K∞(x,x), K∞ being the theory's variance of h
///   std        t = τ √((1/n) Σ_i h_i(x)²)
///   quantile   t = the (1−f) quantile of h_1(x)…h_n(x), linearly interpolated at position
///              (n−1)(1−f) of the sorted values
///
/// with f the active fraction and τ the standard normal's (1−f) quantile.
enum class ThresholdRule { fixed, std, quantile };

std::string_view name_of(ThresholdRule rule);

/// Throws InputError naming `key` and every known name.
ThresholdRule threshold_rule_from_name(std::string_view key, std::string_view name);

}  // namespace wideproof::model
