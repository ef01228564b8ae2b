// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <wideproof/compare/matrices/entry.hpp>

namespace wideproof::compare {

/// What one of the matrices that are compared is called.
struct MatrixName {
  std::string name;                   ///< such as "layer 2"
  std::string symbol;                 ///< in narrow columns: "2"
  std::string key;                    ///< in files: "2"
  std::string quantity = "gram";      ///< of its entries
  std::string diagonal = "the norm";  ///< their mean

  /// `gram(1,3)`, `correlation(1,3)`: of inputs 1 and 3.
  std::string entry(const Entry& entry) const;
};

/// Of matrix number `index`, from 0. Where `names` has none for it, it is the Gram matrix of hidden
/// layer index + 1.
MatrixName matrix_name(const std::vector<MatrixName>& names, std::size_t index);

}  // namespace wideproof::compare
