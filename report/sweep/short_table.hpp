// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::report {

/// The points of a sweep as rows of plain text, at most 80 columns wide and 40 rows long: the
/// values of the swept keys, then of each quantity that short tables show (two at most; all of them
/// where none asks for it) the first number of those with the most training points, such as the
/// kernel's or the limit's, measured and predicted, and the outcome. Of a sweep in which nothing
/// was measured only what is predicted, of three quantities at most.
std::string short_table(const compare::SweepResult& sweep);

/// No more than `room` characters of a text, the last one a ~ where it is longer.
std::string cut(const std::string& text, std::size_t room);

/// `0.1235`, or `-` where there is no number.
std::string short_number(double number);

/// ` at P = 128`, or nothing where nothing is trained.
std::string at_points(std::int64_t training_points);

}  // namespace wideproof::report
