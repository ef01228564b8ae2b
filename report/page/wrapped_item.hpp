// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include <wideproof/compare/verdict.hpp>

namespace wideproof::report {

/// `text` broken at spaces so that no line is wider than 80 columns, with `indent` spaces before
/// each; a UTF-8 sequence counts once.
std::string wrapped_lines(const std::string& text, std::size_t indent = 0);

/// The same as an item of a list.
std::string wrapped_item(const std::string& text);

/// `verdict: agree (family-wise p = 0.3, error rate 0.01)` and its reasons as items.
/// `in_colour`: the outcome in green, red or yellow, by an escape sequence.
std::string verdict_text(const compare::Verdict& verdict, bool in_colour = false);

}  // namespace wideproof::report
