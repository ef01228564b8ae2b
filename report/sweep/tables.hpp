// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::report {

/// The swept keys, then outcome,quantity,training_points,width,value,low,high,predicted: a line for
/// each number of each point, or one with empty fields where a point has none. Fields are empty
/// where there is nothing: training_points where none train, width for the kernel or the limit.
std::string sweep_table(const compare::SweepResult& sweep);

/// In plain text, at most 80 columns wide: short_table(), then for each P the point with the least
/// number, where less is better, and the verdict with its reasons.
std::string terminal_table(const compare::SweepResult& sweep, const compare::Verdict& verdict,
                           bool in_colour = false);

/// Of a sweep in which nothing was measured: short_table() and what its quantities mean.
std::string terminal_table(const compare::SweepResult& predicted);

/// A row a claim about the sweep, each with its statement and what was found.
std::string terminal_table(const std::vector<compare::Claim>& claims);

}  // namespace wideproof::report
