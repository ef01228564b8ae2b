// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/gram/joint_limits.hpp>

namespace wideproof::compare {

/// Makes a claim about `joint`, of which the loudest number is shown, show what the joint test
/// rests on where that speaks against it, p_unguarded < family_error. With p classes and all
/// intervals at 95%, those of single classes by Bonferroni:
///
///   one class explains it     its number given the other classes (ConditionalDeviation), where
///                             that is significant and the others without it are not, at 5%
///   several classes are off   the loudest by itself, if its interval excludes the prediction
///   they hide in each other   else the sharpest given the others, if that is significant
///   all are off a little      else the weighted mean of all that deviates most (Contrast)
///
/// So the interval shown excludes the prediction, unless the p is a resampled one.
void show_what_convicts(Claim& claim, const JointLimits& joint, double family_error);

}  // namespace wideproof::compare
