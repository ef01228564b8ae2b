// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>

#include <wideproof/sim/numeric/worker_threads.hpp>

namespace wideproof::sim {

/// Blocks first…end−1 of a sum, computed by several workers and merged in block order, so that the
/// sum comes out the same for any number of workers.
///
/// Each worker calls work(), or takes and puts blocks itself. `merge` is called for one block at a
/// time; it returns false to stop: then no further block is started. At most `ahead` blocks are
/// computed before their turn.
template <class Result>
class OrderedBlocks {
 public:
  using Merge = std::function<bool(const Result&)>;

  OrderedBlocks(std::int64_t first, std::int64_t end, std::int64_t ahead, Merge merge)
      : end_(end), ahead_(ahead), merge_(std::move(merge)), next_(first), merged_(first) {}

  /// Computes blocks with `compute` until none is left. What `compute` or `merge` throws stops all
  /// workers.
  template <class Compute>
  void work(const Compute& compute) {
    guard([&] {
      while (const auto block = take()) put(*block, compute(*block));
    });
  }

  /// What `action` throws stops all workers.
  template <class Action>
  void guard(const Action& action) {
    try {
      action();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
      stop();
    }
  }

  /// After the workers have returned: whether all blocks were merged. Rethrows what stopped them.
  bool finish() const {
    if (error_) std::rethrow_exception(error_);
    return !stopped_;
  }

  /// A block to compute now, if there is one that may be started.
  std::optional<std::int64_t> try_take() {
    const std::lock_guard lock(mutex_);
    if (none_left() || !has_room()) return std::nullopt;
    return next_++;
  }

  /// Whether no further block will be given out.
  bool is_over() {
    const std::lock_guard lock(mutex_);
    return none_left();
  }

  /// The result of a block that was taken.
  void put(std::int64_t block, Result result) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(block, std::move(result));
    for (auto ready = waiting_.find(merged_); ready != waiting_.end() && !stopped_;
         ready = waiting_.find(merged_)) {
      const bool go_on = merge_(ready->second);
      waiting_.erase(ready);
      ++merged_;
      if (!go_on) stop();
    }
    room_.notify_all();
  }

 private:
  bool none_left() const { return stopped_ || next_ == end_; }
  bool has_room() const { return next_ < merged_ + ahead_; }

  std::optional<std::int64_t> take() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return none_left() || has_room(); });
    if (none_left()) return std::nullopt;
    return next_++;
  }

  void stop() {
    stopped_ = true;
    room_.notify_all();
  }

  const std::int64_t end_;
  const std::int64_t ahead_;
  const Merge merge_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::map<std::int64_t, Result> waiting_;
  std::int64_t next_;
  std::int64_t merged_;
  bool stopped_ = false;
  std::exception_ptr error_;
};

/// How many blocks are computed before their turn, for each worker.
inline constexpr std::int64_t blocks_ahead_per_worker = 4;

/// OrderedBlocks on `threads` threads. Returns whether all blocks were merged; rethrows what
/// `compute` or `merge` threw.
template <class Compute, class Merge>
bool run_ordered_blocks(std::int64_t blocks, int threads, const Compute& compute,
                        const Merge& merge) {
  using Result = std::invoke_result_t<Compute, std::int64_t>;
  OrderedBlocks<Result> queue(0, blocks, blocks_ahead_per_worker * threads, merge);
  on_worker_threads(threads, [&](int) { queue.work(compute); });
  return queue.finish();
}

/// Sums compute(0) … compute(blocks − 1) in order by `sum += `, starting from `sum`: on the calling
/// thread for one thread, on `threads` others otherwise.
template <class Sum, class Compute>
void add_blocks(std::int64_t blocks, int threads, const Compute& compute, Sum& sum) {
  if (threads == 1) {
    for (std::int64_t block = 0; block < blocks; ++block) sum += compute(block);
    return;
  }
  run_ordered_blocks(blocks, threads, compute, [&](const Sum& part) {
    sum += part;
    return true;
  });
}

/// Calls work(0) … work(blocks − 1) in any order, on the same threads as add_blocks().
template <class Work>
void for_each_block(std::int64_t blocks, int threads, const Work& work) {
  struct Nothing {
    void operator+=(const Nothing&) {}
  } nothing;
  add_blocks(
      blocks, threads,
      [&](std::int64_t block) {
        work(block);
        return Nothing();
      },
      nothing);
}

}  // namespace wideproof::sim
