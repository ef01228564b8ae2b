// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include <toml++/toml.h>

namespace wideproof::app {

/// Sets `to` where a file gives the value.
template <class Value>
void take(std::optional<Value> from, Value& to) {
  if (from) to = *std::move(from);
}

template <class Value>
toml::array array_of(const std::vector<Value>& values) {
  toml::array array;
  for (const auto& value : values) array.push_back(value);
  return array;
}

}  // namespace wideproof::app
