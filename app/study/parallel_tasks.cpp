// SPDX-License-Identifier: MIT
#include <wideproof/app/study/parallel_tasks.hpp>

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>

#include <wideproof/sim/numeric/worker_threads.hpp>

namespace wideproof::app {

bool run_in_parallel(const std::vector<std::size_t>& order, int threads,
                     const std::function<void(std::size_t)>& task,
                     const std::function<bool(std::size_t)>& done) {
  std::mutex mutex;
  std::size_t next = 0;
  std::size_t finished = 0;
  bool goes_on = true;
  std::exception_ptr failure;
  const auto take = [&]() -> std::optional<std::size_t> {
    const std::lock_guard lock(mutex);
    if (!goes_on || next == order.size()) return std::nullopt;
    return order[next++];
  };
  const auto fail = [&] {
    const std::lock_guard lock(mutex);
    if (!failure) failure = std::current_exception();
    goes_on = false;
  };
  const auto workers = std::min(static_cast<std::size_t>(threads), order.size());
  sim::on_worker_threads(static_cast<int>(workers), [&](int) {
    try {
      while (const auto index = take()) {
        task(*index);
        const std::lock_guard lock(mutex);
        ++finished;
        if (!done(*index)) goes_on = false;
      }
    } catch (...) {
      fail();
    }
  });
  if (failure) std::rethrow_exception(failure);
  return finished == order.size();
}

}  // namespace wideproof::app
