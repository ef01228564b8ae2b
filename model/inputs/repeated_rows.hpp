// SPDX-License-Identifier: MIT
#pragma once

#include <utility>
#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// Each row that equals one before it, bit for bit, with the first that it equals: {first, again},
/// from 0, by `again` ascending. `rows` are finite, one input each.
std::vector<std::pair<Eigen::Index, Eigen::Index>> repeated_rows(const Eigen::MatrixXd& rows);

}  // namespace wideproof::model
