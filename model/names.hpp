// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <wideproof/model/input_error.hpp>

namespace wideproof::model {

/// The names an enumeration has in experiment files, in both directions.
template <class Enum, std::size_t N>
class NameTable {
 public:
  constexpr explicit NameTable(std::array<std::pair<Enum, std::string_view>, N> rows)
      : rows_(rows) {}

  constexpr std::string_view operator[](Enum value) const {
    for (const auto& [candidate, name] : rows_) {
      if (candidate == value) return name;
    }
    return {};
  }

  /// Throws InputError naming `key`, the value and all names.
  Enum value(std::string_view key, std::string_view name) const {
    std::string known;
    for (const auto& [candidate, candidate_name] : rows_) {
      if (candidate_name == name) return candidate;
      known += (known.empty() ? "" : ", ");
      known += candidate_name;
    }
    throw InputError(key, fmt::format("\"{}\"", name), "must be one of " + known);
  }

 private:
  std::array<std::pair<Enum, std::string_view>, N> rows_;
};

template <class Enum, std::size_t N>
constexpr NameTable<Enum, N> name_table(const std::pair<Enum, std::string_view> (&rows)[N]) {
  return NameTable<Enum, N>(std::to_array(rows));
}

}  // namespace wideproof::model
