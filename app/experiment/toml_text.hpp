// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <toml++/toml.h>

namespace wideproof::app {

/// A value as TOML on one line, a number with as few digits as tell it apart.
std::string toml_text(const toml::node& node);

/// A value for eyes and for comparing: toml_text(), but of a string what it holds, in quotes only
/// where it is no bare word.
std::string shown_text(const toml::node& node);

/// A key as it stands in a file: quoted where TOML wants it so.
std::string toml_key(std::string_view key);

}  // namespace wideproof::app
