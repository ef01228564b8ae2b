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
///   pointwise          any other function φ(h) of one number, see PointwiseOptions
///   thresholded_pointwise  φ(h − t) of such a function
///
/// t is set by the network's ThresholdRule; those that are not thresholded_ have no threshold that
/// is given.
enum class Activation {
  thresholded_relu,
  thresholded_step,
  relu,
  erf,
  tanh,
  linear,
  sparse_projection,
  pointwise,
  thresholded_pointwise
};

/// Whether the activation has a threshold, and so reads active_fraction and the threshold rule.
bool is_thresholded(Activation activation);

/// Active fractions for which theory's kernels are certified.
inline constexpr double least_active_fraction = 1e-4;
inline constexpr double most_active_fraction = 0.9;

/// Throws InputError naming network.active_fraction unless it lies between these.
void require_active_fraction(double active_fraction);

/// Whether it applies a PointwiseOptions function.
bool is_pointwise(Activation activation);

/// The name in an experiment file, such as "thresholded-relu", of those that are not pointwise; see
/// name_of(ActivationChoice) for these.
std::string_view name_of(Activation activation);

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
