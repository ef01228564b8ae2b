// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/theory/pointwise/scaled_function.hpp>

namespace wideproof::theory {

/// Where f matters to Gaussian means: outside, |f| g and f² g are below 1e-18 of their largest, g
/// the density of a standard normal. An f that vanishes has first > last.
///
/// It is seen on a grid of step 1/16 on [−64, 64] and between kinks.
struct FunctionRange {
  double first = 1.0;
  double last = -1.0;
  double root_mean_square = 0.0;  ///< roughly

  /// Throws InputError where f² g does not fall, and where f is not a number or infinite at some x
  /// that matters, which it names.
  explicit FunctionRange(const ScaledFunction& f);
};

}  // namespace wideproof::theory
