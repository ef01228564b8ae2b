// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/matrices/matrix_name.hpp>
#include <wideproof/model/tangent/tangent_stack.hpp>

namespace wideproof::compare {

/// What the matrices of a study of tangent kernels are called, in their order.
std::vector<MatrixName> tangent_names(const model::TangentStack& stack);

/// What they are, all together.
inline constexpr const char* tangent_matrices = "Gram matrices and tangent kernels";

}  // namespace wideproof::compare
