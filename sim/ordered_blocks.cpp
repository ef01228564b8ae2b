// SPDX-License-Identifier: MIT
#include <wideproof/sim/ordered_blocks.hpp>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <torch/utils.h>

#include <wideproof/sim/single_threaded_blas.hpp>

namespace wideproof::sim {
namespace {

constexpr std::int64_t blocks_ahead_per_thread = 4;

class OrderedBlocks {
 public:
  OrderedBlocks(std::int64_t blocks, int threads,
                const std::function<MomentAccumulator(std::int64_t)>& compute,
                const std::function<bool(const MomentAccumulator&)>& merge)
      : blocks_(blocks),
        ahead_(blocks_ahead_per_thread * threads),
        compute_(compute),
        merge_(merge) {}

  void work() {
    // One thread for LibTorch in each of ours: replicates are what runs in parallel.
    torch::set_num_threads(1);
    try {
      while (const auto block = take()) put(*block, compute_(*block));
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
      stop();
    }
  }

  bool finish() {
    if (error_) std::rethrow_exception(error_);
    return !stopped_;
  }

 private:
  std::optional<std::int64_t> take() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return stopped_ || next_ == blocks_ || next_ < merged_ + ahead_; });
    if (stopped_ || next_ == blocks_) return std::nullopt;
    return next_++;
  }

  void put(std::int64_t block, MomentAccumulator result) {
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

  void stop() {
    stopped_ = true;
    room_.notify_all();
  }

  const std::int64_t blocks_;
  const std::int64_t ahead_;
  const std::function<MomentAccumulator(std::int64_t)>& compute_;
  const std::function<bool(const MomentAccumulator&)>& merge_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::map<std::int64_t, MomentAccumulator> waiting_;
  std::int64_t next_ = 0;
  std::int64_t merged_ = 0;
  bool stopped_ = false;
  std::exception_ptr error_;
};

}  // namespace

bool run_ordered_blocks(std::int64_t blocks, int threads,
                        const std::function<MomentAccumulator(std::int64_t)>& compute,
                        const std::function<bool(const MomentAccumulator&)>& merge) {
  const SingleThreadedBlas single_threaded_blas;
  OrderedBlocks queue(blocks, threads, compute, merge);
  std::vector<std::jthread> workers;
  workers.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) workers.emplace_back([&] { queue.work(); });
  workers.clear();  // joins
  return queue.finish();
}

}  // namespace wideproof::sim
