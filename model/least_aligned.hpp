// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <utility>

#include <Eigen/Core>

namespace wideproof::model {

/// The pair a < b of inputs nearest to a right angle, from their P × P cosines; the first of those
/// that are as near, to 1e-9. nullopt with fewer than two inputs.
std::optional<std::pair<Eigen::Index, Eigen::Index>> least_aligned(const Eigen::MatrixXd& cosines);

}  // namespace wideproof::model
