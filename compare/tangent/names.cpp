// SPDX-License-Identifier: MIT
#include <wideproof/compare/tangent/names.hpp>

#include <string>

namespace wideproof::compare {
namespace {

MatrixName of_tangent(const std::string& of_what, const std::string& symbol,
                      const std::string& key) {
  return {.name = "tangent kernel of " + of_what,
          .symbol = symbol,
          .key = key,
          .quantity = "tangent",
          .diagonal = "the diagonal"};
}

}  // namespace

std::vector<MatrixName> tangent_names(const model::TangentStack& stack) {
  std::vector<MatrixName> names;
  for (std::size_t layer = 0; layer < stack.depth(); ++layer)
    names.push_back(matrix_name({}, layer));
  for (std::size_t layer = 1; stack.has_hidden() && layer <= stack.depth(); ++layer) {
    const std::string number = std::to_string(layer);
    names.push_back(of_tangent("layer " + number, "Θ" + number, "tangent_" + number));
  }
  names.push_back(of_tangent("the output", "Θ out", "tangent_output"));
  return names;
}

}  // namespace wideproof::compare
