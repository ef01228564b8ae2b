// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

#include <wideproof/sim/moment_accumulator.hpp>

namespace wideproof::sim {

/// Workers in other processes that hold the same MonteCarlo. Which block a worker computes never
/// changes what it computes.
class RemoteWorkers {
 public:
  RemoteWorkers() = default;
  RemoteWorkers(const RemoteWorkers&) = delete;
  RemoteWorkers& operator=(const RemoteWorkers&) = delete;
  virtual ~RemoteWorkers() = default;

  virtual int count() const = 0;

  /// MonteCarlo::sample_block(width, block) on worker `worker`. Called from one thread at a time
  /// for each worker, from several for different ones; returns when the result is there.
  virtual MomentAccumulator compute(int worker, std::size_t width, std::int64_t block) = 0;
};

}  // namespace wideproof::sim
