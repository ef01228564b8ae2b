// SPDX-License-Identifier: MIT
#include <wideproof/report/page/wrapped_item.hpp>

#include <cmath>
#include <cstddef>
#include <sstream>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/shown_length.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t columns = 80;

std::string word_of(compare::Outcome outcome, bool in_colour) {
  if (!in_colour) return std::string(name_of(outcome));
  const int colour = outcome == compare::Outcome::agree      ? 32
                     : outcome == compare::Outcome::disagree ? 31
                                                             : 33;
  return fmt::format("\033[1;{}m{}\033[0m", colour, name_of(outcome));
}

}  // namespace

std::string wrapped_lines(const std::string& text, std::size_t indent) {
  std::string lines;
  std::size_t used = columns;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::size_t length = shown_length(word);
    if (used + 1 + length > columns) {
      lines.append(lines.empty() ? "" : "\n").append(indent, ' ').append(word);
      used = indent + length;
    } else {
      lines.append(" ").append(word);
      used += 1 + length;
    }
  }
  return lines + "\n";
}

std::string wrapped_item(const std::string& text) {
  std::string lines = wrapped_lines(text, 4);
  lines[2] = '-';
  return lines;
}

std::string verdict_text(const compare::Verdict& verdict, bool in_colour) {
  const std::string p = std::isnan(verdict.p_value)
                            ? "nothing was tested"
                            : "family-wise " + compare::p_text(verdict.p_value);
  std::string text = fmt::format("verdict: {} ({}, error rate {:.2g})\n",
                                 word_of(verdict.outcome, in_colour), p, verdict.family_error);
  for (const std::string& reason : verdict.reasons) text += wrapped_item(reason);
  return text;
}

}  // namespace wideproof::report
