// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/limits/options.hpp>

namespace wideproof::compare {

/// What an assessment of trained networks takes for granted.
struct TrainedOptions {
  /// Chance that a true prediction is called wrong, over all claims and numbers together.
  double family_error = 0.01;
  /// What counts as equal: means within margin·target_scale of the predicted ones, deviations over
  /// networks within a factor 1 ± margin.
  double equivalence_margin = 0.02;
  /// p of the series in the width n by which means approach their limits.
  double power = 1.0;
  /// Root mean square of the targets. Where it is not positive the largest that is predicted of a
  /// mean or a deviation stands for it, or 1.
  double target_scale = 0.0;
  bool is_centred = false;  ///< outputs are f − f_0
};

/// A mean is taken to be known no better than to within this part of the targets' size, and of the
/// margin where that is small: outputs that training has brought to their targets differ by traces
/// of no law, from network to network and from the limit.
inline constexpr double least_error = 4e-4;
inline constexpr double least_error_of_margin = 0.02;

/// Those of the limits. Throws model::InputError for a value out of range.
LimitOptions limit_options(const TrainedOptions& options);

}  // namespace wideproof::compare
