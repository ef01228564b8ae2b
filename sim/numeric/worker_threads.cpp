// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/worker_threads.hpp>

#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <wideproof/sim/numeric/single_threaded_blas.hpp>

namespace wideproof::sim {

void on_worker_threads(int threads, const std::function<void(int)>& work) {
  const SingleThreadedBlas single_threaded_blas;
  // Workers may wait for each other, so none begins before all are there.
  enum class Gate { closed, open, called_off };
  std::atomic<Gate> gate = Gate::closed;
  const auto set = [&gate](Gate to) {
    gate = to;
    gate.notify_all();
  };
  std::vector<std::jthread> workers;
  workers.reserve(static_cast<std::size_t>(threads));
  try {
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([&gate, &work, i] {
        gate.wait(Gate::closed);
        if (gate == Gate::called_off) return;
        at::set_num_threads(1);
        work(i);
      });
    }
  } catch (const std::system_error& error) {
    set(Gate::called_off);
    throw std::system_error(error.code(),
                            fmt::format("thread {} of {} cannot be started; fewer --threads need "
                                        "less",
                                        workers.size() + 1, threads));
  }
  set(Gate::open);
}

}  // namespace wideproof::sim
