// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include <wideproof/app/study/remote_blocks.hpp>
#include <wideproof/app/system/failure.hpp>

namespace wideproof::app {

/// Computes a block of a run that this rank has prepared; from several threads at a time.
using ComputeBlock = std::function<std::string(BlockName)>;

/// Where a rank's worker threads meet the one that talks with rank 0: blocks that are asked for lie
/// on one side, finished ones on the other.
class ServedBlocks {
 public:
  struct Finished {
    BlockName name;
    std::string result;              ///< its bytes
    std::optional<Failure> failure;  ///< in place of the result
  };

  void ask(BlockName name);
  /// Lets the workers go once each has finished the block that it is at.
  void close();
  std::optional<Finished> take_finished();

  /// A worker thread's life, until close(). What computing throws becomes a Failure.
  void work(const ComputeBlock& compute);

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
