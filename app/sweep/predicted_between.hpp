// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::app {

/// What the points' kind predicts between the points of a sweep along the axis of its lines, up to
/// 48 steps for each combination of the other keys' values: of numbers evenly spaced as the axis
/// is, of whole numbers whole ones. `result` is the sweep as it was measured or predicted. Values
/// that an experiment refuses are left out. Empty where the kind predicts no numbers between
/// points, where lines would be too many, and, said on stderr, where inputs cannot be read any
/// more.
/// `options` as StudyKind::predicted_numbers() takes them.
compare::SweepResult predicted_between(const SweepSpec& sweep, const compare::SweepResult& result,
                                       const RunOptions* options = nullptr);

}  // namespace wideproof::app
