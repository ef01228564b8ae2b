// SPDX-License-Identifier: MIT
#include <wideproof/sim/worker_threads.hpp>

#include <thread>
#include <vector>

#include <torch/utils.h>

#include <wideproof/sim/single_threaded_blas.hpp>

namespace wideproof::sim {

void on_worker_threads(int threads, const std::function<void(int)>& work) {
  const SingleThreadedBlas single_threaded_blas;
  std::vector<std::jthread> workers;
  workers.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&work, i] {
      torch::set_num_threads(1);
      work(i);
    });
  }
}

}  // namespace wideproof::sim
