// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/verdict.hpp>

namespace wideproof::report {

/// `text` as an item of a list, broken at spaces so that no line is wider than 80 columns; a UTF-8
/// sequence counts once.
std::string wrapped_item(const std::string& text);

/// `verdict: agree (family-wise p = 0.3, error rate 0.01)` and its reasons as items.
/// `in_colour`: the outcome in green, red or yellow, by an escape sequence.
std::string verdict_text(const compare::Verdict& verdict, bool in_colour = false);

}  // namespace wideproof::report
