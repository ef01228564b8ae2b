// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>

namespace wideproof::train {

struct TreeEdge {
  std::int64_t from = 0, to = 0;
};

/// The N − 1 edges of a minimum spanning tree of distances 1 − |ρ_ij|, by Prim's algorithm in
/// O(N²). It starts at neuron 0; of several that are equally close it takes the first, tied to that
/// neuron of the tree which joined first. `correlations`: N × N, contiguous and symmetric, |ρ| ≤ 1
/// up to rounding.
std::vector<TreeEdge> spanning_tree(const at::Tensor& correlations);

}  // namespace wideproof::train
