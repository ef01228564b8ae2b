// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/setting.hpp>

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include <wideproof/app/experiment/unread_keys.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

bool is_bare_word(std::string_view value) {
  const unsigned char first = value.empty() ? 0 : static_cast<unsigned char>(value.front());
  return (std::isalpha(first) != 0 || first == '/' || first == '.') &&
         std::all_of(value.begin(), value.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' || c == '/';
         });
}

/// Puts the leaves of `from` over `onto`; an inline table replaces the one that was there.
void overlay(toml::table& onto, toml::table& from) {
  for (auto&& [key, node] : from) {
    auto* below = onto.get_as<toml::table>(key.str());
    if (below != nullptr && node.is_table() && !node.as_table()->is_inline()) {
      overlay(*below, *node.as_table());
    } else {
      onto.insert_or_assign(key, std::move(node));
    }
  }
}

/// A setting of what can be said in two ways takes the place of the other way to say it.
void displace(toml::table& from, toml::table& setting) {
  const auto displaced = [&](const char* table, const char* given,
                             std::initializer_list<const char*> others) {
    auto* there = from[table].as_table();
    if (there == nullptr || !setting[table][given]) return;
    for (const auto* other : others) there->erase(other);
  };
  displaced("simulation", "precision", {"replicates"});
  displaced("simulation", "replicates", {"precision", "most_replicates"});
  displaced("network", "gain", {"weight_variance"});
  displaced("network", "weight_variance", {"gain"});
}

}  // namespace

toml::table setting_table(const std::string& setting) {
  const auto equals = setting.find('=');
  const auto complain = [&](std::string_view reason) {
    throw model::InputError("--set", model::in_quotes(setting), reason);
  };
  if (equals == std::string::npos || equals == 0) {
    complain("must read key.path=value");
  }
  const std::string key = setting.substr(0, equals);
  const std::string value = setting.substr(equals + 1);
  const auto parsed = [&](const std::string& as_value) -> std::optional<toml::table> {
    try {
      return toml::parse(fmt::format("{} = {}", key, as_value));
    } catch (const toml::parse_error&) {
      return std::nullopt;
    }
  };
  if (!parsed("0")) complain("must read key.path=value");
  if (auto table = parsed(value)) return *std::move(table);
  if (!is_bare_word(value)) complain("the value must be TOML, such as 3, 0.5, \"text\" or [1, 2]");
  return parsed(fmt::format("\"{}\"", value)).value();
}

void put_over(toml::table& root, toml::table leaves) {
  displace(root, leaves);
  overlay(root, leaves);
}

void put_setting_over(toml::table& root, toml::table setting, std::vector<std::string>& notes) {
  for (auto& note : drop_unread_keys(root, setting)) notes.push_back(std::move(note));
  put_over(root, std::move(setting));
}

}  // namespace wideproof::app
