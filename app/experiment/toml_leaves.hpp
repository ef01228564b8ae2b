// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace wideproof::app {

/// The parts of a dotted key.
using KeyPath = std::vector<std::string>;

/// A value of a table or of a table in it; an inline table is a value.
struct TomlLeaf {
  KeyPath path;
  const toml::node* value;
};

/// All of them, in the order in which the text has them.
std::vector<TomlLeaf> leaves_of(const toml::table& table);

/// Of a dotted key without quotes, and back.
KeyPath path_of(std::string_view key);
std::string key_of(const KeyPath& path);

/// Whether `path` is `other`, or the key of a table that holds `other`.
bool is_or_holds(const KeyPath& path, const KeyPath& other);

/// The value of a key, or nullptr.
const toml::node* find(const toml::table& table, const KeyPath& path);

/// A table that holds nothing but this key.
toml::table table_with(const KeyPath& path, const toml::node& value);

void erase(toml::table& table, const KeyPath& path);

}  // namespace wideproof::app
