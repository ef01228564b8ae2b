// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/entry.hpp>

#include <fmt/format.h>

namespace wideproof::compare {

std::string_view name_of(Quantity quantity) {
  return quantity == Quantity::gram ? "gram" : "correlation";
}

std::string name_of(const Entry& entry) {
  return fmt::format("{}({},{})", name_of(entry.quantity), entry.row + 1, entry.column + 1);
}

std::vector<Entry> distinct_entries(Quantity quantity, Eigen::Index inputs) {
  std::vector<Entry> entries;
  for (Eigen::Index row = 0; row < inputs; ++row) {
    const Eigen::Index first = quantity == Quantity::gram ? row : row + 1;
    for (Eigen::Index column = first; column < inputs; ++column)
      entries.push_back({quantity, row, column});
  }
  return entries;
}

}  // namespace wideproof::compare
