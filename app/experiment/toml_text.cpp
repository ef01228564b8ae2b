// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/toml_text.hpp>

#include <algorithm>
#include <cctype>
#include <sstream>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/model/in_quotes.hpp>

namespace wideproof::app {
namespace {

/// The shortest text, where toml++ gives all 17 digits; "1.0" stays a fraction.
std::string number_text(double number) {
  auto text = fmt::format("{}", number);
  if (text.find_first_of(".ein") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

std::string toml_text(const toml::node& node) {
  std::vector<std::string> parts;
  if (const auto* array = node.as_array()) {
    for (const auto& item : *array) parts.push_back(toml_text(item));
    return fmt::format("[{}]", fmt::join(parts, ", "));
  }
  if (const auto* table = node.as_table()) {
    for (const auto& [key, value] : *table) {
      parts.push_back(fmt::format("{} = {}", toml_key(key.str()), toml_text(value)));
    }
    return fmt::format("{{{}}}", fmt::join(parts, ", "));
  }
  if (const auto* number = node.as_floating_point()) return number_text(number->get());
  std::ostringstream text;
  // Literal strings would hold line breaks as they are.
  constexpr auto one_line =
      ~(toml::format_flags::allow_multi_line_strings | toml::format_flags::allow_literal_strings);
  text << toml::toml_formatter(node, toml::toml_formatter::default_flags & one_line);
  return std::move(text).str();
}

std::string shown_text(const toml::node& node) {
  const auto* text = node.as_string();
  return text != nullptr ? toml_key(text->get()) : toml_text(node);
}

std::string toml_key(std::string_view key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_';
  });
  return bare ? std::string(key) : model::in_quotes(key);
}

}  // namespace wideproof::app
