// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::report {

/// "Of the inputs themselves the mean correlation is 0.0124.", or from least to most where points
/// differ in it; empty where no number tells it.
std::string of_inputs_in_words(const compare::SweepResult& sweep);

}  // namespace wideproof::report
