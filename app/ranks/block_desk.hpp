// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>

#include <wideproof/app/system/failure.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>

namespace wideproof::app {

/// One block of networks of one width.
struct BlockName {
  std::int64_t width = 0;  ///< number of the width, from 0
  std::int64_t block = 0;
};

/// Where a rank's worker threads meet the one that talks with rank 0: blocks that are asked for lie
/// on one side, finished ones on the other.
class BlockDesk {
 public:
  struct Finished {
    BlockName name;
    sim::WidthSample sample;
    std::optional<Failure> failure;  ///< in place of the sample
  };

  void ask(BlockName name);
  /// Lets the workers go once each has finished the block that it is at.
  void close();
  std::optional<Finished> take_finished();

  /// A worker thread's life, until the desk is closed. What sampling throws becomes a Failure.
  void work(const sim::MonteCarlo& simulation);

 private:
  std::optional<BlockName> next();
  void put(Finished finished);

  std::mutex mutex_;
  std::condition_variable news_;
  bool closed_ = false;
  std::deque<BlockName> asked_;
  std::deque<Finished> finished_;
};

}  // namespace wideproof::app
