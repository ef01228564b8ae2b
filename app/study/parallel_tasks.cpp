// SPDX-License-Identifier: MIT
#include <wideproof/app/study/parallel_tasks.hpp>

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>

#include <wideproof/sim/numeric/worker_threads.hpp>

namespace wideproof::app {
namespace {

/// Gives out tasks and takes their results.
class TaskQueue final : public BlockQueue {
 public:
  using Put = std::function<bool(std::size_t, TaskResult)>;

  TaskQueue(const std::vector<std::size_t>& order, const Put& put, const TaskHelp& help)
      : order_(order), put_(put), help_(help) {}

  std::optional<std::int64_t> try_take() override {
    const std::lock_guard lock(mutex_);
    if (none_left()) return std::nullopt;
    return static_cast<std::int64_t>(order_[next_++]);
  }

  bool is_over() override {
    const std::lock_guard lock(mutex_);
    return none_left();
  }

  void put(std::int64_t task, const std::string& bytes) override {
    take_in(static_cast<std::size_t>(task), help_.read(bytes));
  }

  void take_in(std::size_t task, TaskResult result) {
    const std::lock_guard lock(mutex_);
    ++finished_;
    if (!put_(task, std::move(result))) goes_on_ = false;
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    goes_on_ = false;
  }

  /// What `action` throws stops all.
  template <class Action>
  void guard(const Action& action) {
    try {
      action();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      goes_on_ = false;
    }
  }

  bool finish() const {
    if (failure_) std::rethrow_exception(failure_);
    return finished_ == order_.size();
  }

 private:
  bool none_left() const { return !goes_on_ || next_ == order_.size(); }

  const std::vector<std::size_t>& order_;
  const Put& put_;
  const TaskHelp& help_;
  std::mutex mutex_;
  std::size_t next_ = 0;
  std::size_t finished_ = 0;
  bool goes_on_ = true;
  std::exception_ptr failure_;
};

}  // namespace

bool run_in_parallel(const std::vector<std::size_t>& order, int threads,
                     const std::function<std::optional<TaskResult>(std::size_t)>& task,
                     const std::function<bool(std::size_t, TaskResult)>& put,
                     const TaskHelp& help) {
  TaskQueue queue(order, put, help);
  const auto workers = static_cast<int>(std::min(static_cast<std::size_t>(threads), order.size()));
  const bool is_helped = help.remote != nullptr && !order.empty();
  sim::on_worker_threads(workers + (is_helped ? 1 : 0), [&](int thread) {
    queue.guard([&] {
      if (thread == workers) {
        help.remote->work(0, queue);
        return;
      }
      while (const auto next = queue.try_take()) {
        const auto i = static_cast<std::size_t>(*next);
        if (auto result = task(i)) {
          queue.take_in(i, *std::move(result));
        } else {
          queue.stop();
        }
      }
    });
  });
  return queue.finish();
}

}  // namespace wideproof::app
