// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace wideproof::train {

/// What joined_to() says of a neuron that is part of the tree.
inline constexpr int in_tree = 2;

/// A round of Prim's algorithm, after neuron `joined` has become part of the tree. `row`: its
/// correlations with all; `closest`: of each neuron its largest |ρ| to the tree, or in_tree;
/// `from`: the neuron of the tree which has that. Takes the row into both, where |ρ| is above what
/// was, and returns the neuron outside the tree that is closest, the first of them; −1 where none
/// is left. Vectorised for the machine at hand, with the same result on all.
std::int64_t join_row(const float* row, std::int64_t count, std::int32_t joined, float* closest,
                      std::int32_t* from);
std::int64_t join_row(const double* row, std::int64_t count, std::int64_t joined, double* closest,
                      std::int64_t* from);

}  // namespace wideproof::train
