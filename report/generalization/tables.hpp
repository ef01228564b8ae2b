// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/generalization/learning_curve.hpp>

namespace wideproof::report {

/// training_points,quantity,width,draws,networks,mean,low,high,predicted,relative_difference,
/// relative_low,relative_high,between_draws,between_networks: a line for each P and each of
/// `theory`, `kernel`, `kernel-training`, `kernel-unseen`, and of `network`, `network-training`,
/// `network-unseen` at every width. Intervals are those at 95%. `predicted` is the theory's error;
/// the relative difference is that from kernel regression over the pool; fields are empty where
/// there is nothing.
std::string learning_curve_table(const compare::GeneralizationAssessment& assessment);

/// training_points,draw,quantity,width,replicate,pool,training,unseen: every error as it was
/// measured, one line each; `theory` has an error over the pool alone.
std::string draws_table(const model::GeneralizationMeasurement& measurement);

/// In plain text, at most 80 columns wide and without colours: for each P the errors of theory,
/// kernel and networks with their 95% intervals and relative differences from the kernel's, how the
/// excess falls with the width, then the claims, the verdict and its reasons.
std::string terminal_table(const compare::GeneralizationAssessment& assessment,
                           bool in_colour = false);

}  // namespace wideproof::report
