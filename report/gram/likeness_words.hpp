// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/gram/likeness.hpp>

namespace wideproof::report {

/// "every entry is 0.0468 times the theory's, …: this looks like a matter of scale …", to stand
/// among a verdict's reasons; empty where the prediction looks like nothing known.
std::string in_words(const compare::Likeness& likeness);

}  // namespace wideproof::report
