// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include <wideproof/sim/measure/width_sample.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>

namespace wideproof::sim {

/// Workers in other processes that hold the same MonteCarlo. Who computes a block never changes
/// its bits.
class RemoteWorkers {
 public:
  RemoteWorkers() = default;
  RemoteWorkers(const RemoteWorkers&) = delete;
  RemoteWorkers& operator=(const RemoteWorkers&) = delete;
  virtual ~RemoteWorkers() = default;

  /// How many blocks of width number `width` they work on at a time.
  virtual int count(std::size_t width) const = 0;

  /// Takes blocks of that width, has MonteCarlo::sample_block computed for each and puts the
  /// results, until `blocks` is over and every block that was taken has been put. Called from one
  /// thread, which is to wait without computing. What it throws ends the run.
  virtual void work(std::size_t width, OrderedBlocks<WidthSample>& blocks) = 0;
};

}  // namespace wideproof::sim
