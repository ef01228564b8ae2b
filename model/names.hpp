// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nearest_name.hpp>

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

  /// Throws InputError naming `key`, the value, all names and the nearest of them.
  Enum value(std::string_view key, std::string_view name) const {
    std::array<std::string_view, N> names;
    std::string known;
    for (std::size_t i = 0; i < N; ++i) {
      if (rows_[i].second == name) return rows_[i].first;
      names[i] = rows_[i].second;
      known += (known.empty() ? "" : ", ");
      known += names[i];
    }
    throw InputError(key, in_quotes(name, 100),
                     "must be one of " + known + did_you_mean(names, name));
  }

 private:
  std::array<std::pair<Enum, std::string_view>, N> rows_;
};

template <class Enum, std::size_t N>
constexpr NameTable<Enum, N> name_table(const std::pair<Enum, std::string_view> (&rows)[N]) {
  return NameTable<Enum, N>(std::to_array(rows));
}

}  // namespace wideproof::model
