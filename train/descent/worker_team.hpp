// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>

namespace wideproof::train {

/// Threads that stay for a whole training: a step has several rounds of blocks, each too short for
/// threads to be started anew.
///
/// Which thread takes a block is left to chance, and so is the order; what blocks compute must not
/// depend on it.
class WorkerTeam {
 public:
  explicit WorkerTeam(int threads) : threads_(threads) {}

  /// Runs `program` on the team's first thread, where it may call for_each(). With one thread it is
  /// the caller's own, if LibTorch is set to one there. Rethrows what `program` throws; throws what
  /// sim::on_worker_threads does.
  void run(const std::function<void()>& program);

  /// Calls work(0) … work(blocks − 1) and returns when all are done. Rethrows what one of them
  /// threw.
  void for_each(std::int64_t blocks, const std::function<void(std::int64_t)>& work);

 private:
  void serve();
  /// Takes and works blocks of the present round until none is left.
  void work_blocks();
  void finish(std::int64_t block);

  int threads_;
  /// Round, its blocks, and the next of them, in one word: a late thread cannot mistake the round.
  std::atomic<std::uint64_t> ticket_ = 0;
  std::atomic<std::uint64_t> unfinished_ = 0;
  std::atomic<bool> is_over_ = false;
  const std::function<void(std::int64_t)>* work_ = nullptr;
  std::mutex error_mutex_;
  std::exception_ptr error_;
};

}  // namespace wideproof::train
