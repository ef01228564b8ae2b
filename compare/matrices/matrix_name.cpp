// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/matrix_name.hpp>

#include <fmt/format.h>

namespace wideproof::compare {

std::string MatrixName::entry(const Entry& entry) const {
  return fmt::format("{}({},{})",
                     entry.quantity == Quantity::gram ? quantity : name_of(entry.quantity),
                     entry.row + 1, entry.column + 1);
}

MatrixName matrix_name(const std::vector<MatrixName>& names, std::size_t index) {
  if (index < names.size()) return names[index];
  const auto number = std::to_string(index + 1);
  return {.name = "layer " + number, .symbol = number, .key = number};
}

}  // namespace wideproof::compare
