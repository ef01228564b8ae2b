// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>

#include <Eigen/Core>

namespace wideproof::theory {

/// Packed order of a symmetric matrix's entries: the upper triangle, column by column,
///
///   (1,1), (1,2), (2,2), (1,3), (2,3), (3,3), (1,4), …
///
/// Entries (a, b) and (b, a) are one; the first three are those of PairEntry. Indices from 0.
inline Eigen::Index packed_index(Eigen::Index a, Eigen::Index b) {
  const Eigen::Index column = std::max(a, b);
  return column * (column + 1) / 2 + std::min(a, b);
}

/// T = P(P+1)/2, the number of entries.
inline Eigen::Index packed_size(Eigen::Index inputs) {
  return inputs * (inputs + 1) / 2;
}

}  // namespace wideproof::theory
