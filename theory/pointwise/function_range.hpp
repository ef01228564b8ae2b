// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/theory/pointwise/scaled_function.hpp>

namespace wideproof::theory {

/// With whom f is paired: one that has another variance may grow faster.
enum class Reach : std::uint8_t { of_equal_variances, of_any };

/// Where f matters to Gaussian means: outside, |f| g and f² g are below 1e-18 of their largest, g
/// the density of a standard normal; f² g below 1e-36 for Reach::of_any, so that by Cauchy and
/// Schwarz no partner of finite variance is missed. An f that vanishes has first > last.
///
/// It is seen on a grid of step 1/16 on [−64, 64] and between kinks.
struct FunctionRange {
  double first = 1.0;
  double last = -1.0;
  double root_mean_square = 0.0;  ///< roughly

  /// Throws InputError where f² g does not fall, and where f is not a number or infinite at some x
  /// that matters, which it names.
  FunctionRange(const ScaledFunction& f, Reach reach);
};

}  // namespace wideproof::theory
