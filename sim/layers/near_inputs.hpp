// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

namespace wideproof::sim {

/// An input and one before it in some order whose normals are nearly the same.
struct NearInput {
  Eigen::Index input = 0;
  Eigen::Index neighbour = 0;  ///< the nearest before it
};

/// Those of distance² K_aa + K_bb − 2 K_ab below 10⁻⁶ K_aa, in the order given. Their rows of a
/// root S differ by less than float32 tells apart well: S_a − S_b keeps its digits, S_a and S_b do
/// not keep those of it.
std::vector<NearInput> near_inputs(const Eigen::MatrixXd& kernel,
                                   const std::vector<Eigen::Index>& order);

}  // namespace wideproof::sim
