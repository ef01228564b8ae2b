// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace wideproof::app {

/// One piece of a run's work. A kind of study numbers its groups and the blocks of each from 0;
/// with the experiment the two numbers fix what is computed, whoever computes it.
struct BlockName {
  std::int64_t group = 0;
  std::int64_t block = 0;
};

/// Where the blocks of one group come from, and where their results go.
class BlockQueue {
 public:
  BlockQueue() = default;
  BlockQueue(const BlockQueue&) = delete;
  BlockQueue& operator=(const BlockQueue&) = delete;
  virtual ~BlockQueue() = default;

  /// A block to compute now, if there is one that may be started.
  virtual std::optional<std::int64_t> try_take() = 0;
  /// Whether no further block will be given out.
  virtual bool is_over() = 0;
  /// The result of a block that was taken.
  virtual void put(std::int64_t block, const std::string& bytes) = 0;
};

/// Processes that hold the same run and compute blocks of it. Who computes a block never changes
/// its bits.
class RemoteBlocks {
 public:
  RemoteBlocks() = default;
  RemoteBlocks(const RemoteBlocks&) = delete;
  RemoteBlocks& operator=(const RemoteBlocks&) = delete;
  virtual ~RemoteBlocks() = default;

  /// How many blocks of a group they compute at a time.
  virtual int count(std::size_t group) const = 0;

  /// Takes blocks of a group, has each computed and puts the results, until `queue` is over and
  /// every block that was taken has been put. Called from one thread, which waits without
  /// computing. What it throws ends the run.
  virtual void work(std::size_t group, BlockQueue& queue) = 0;
};

}  // namespace wideproof::app
