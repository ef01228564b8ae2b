// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::train {

/// Which inputs are a step's batch. Each epoch goes through all training inputs once, in a random
/// order of its own that seed, width, replicate and epoch name; its last batch is what is left.
/// Batches of all inputs have them in their own order.
class BatchOrder {
 public:
  /// `training`: rows of the training inputs; `size`: of a batch.
  BatchOrder(const sim::NetworkId& id, const std::vector<Eigen::Index>& training,
             std::int64_t size);

  /// Rows of step `step`'s batch, from 0. Steps may be asked for in any order.
  const std::vector<std::int64_t>& batch(std::int64_t step);

 private:
  std::int64_t inputs() const { return static_cast<std::int64_t>(training_.size()); }

  sim::NetworkId id_;
  std::vector<std::int64_t> training_;
  std::int64_t size_;
  std::int64_t epoch_ = -1;          ///< that order_ is of
  std::vector<std::int64_t> order_;  ///< 0 … P−1
  std::vector<std::int64_t> batch_;
};

}  // namespace wideproof::train
