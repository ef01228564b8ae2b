// SPDX-License-Identifier: MIT
// What one network costs that carries an ensemble of inputs: directly beside NumPy, collapsed
// beside directly, and collapsed from width to width.
//
//   ensemble_benchmark [THREADS [PEER_SECONDS]]      PEER_SECONDS: of bench/peer_ensemble.py
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/sim/ensembles/ensemble_sampler.hpp>

namespace wideproof::sim {
namespace {

struct Case {
  std::int64_t width;
  std::int64_t samples;
  std::int64_t depth;
  model::Engine engine;
  model::DType dtype = model::DType::float32;
};

/// Median seconds of one network on `threads` threads; the first is no part of it.
double seconds_of(const Case& wanted, int threads, int runs) {
  const EnsembleSampler sampler(
      {.law = {.network =
                   model::Network({.depth = wanted.depth, .activation = model::Activation::tanh}),
               .weight_variance = 2.25},
       .synapses = {.correlation = 1},
       .ensemble = {.samples = wanted.samples},
       .width = wanted.width,
       .dtype = wanted.dtype,
       .engine = wanted.engine});
  std::vector<double> seconds;
  for (int run = 0; run <= runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    const auto layers = sample_replicates(sampler, 1, run, 1, threads);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (run > 0) seconds.push_back(taken.count());
    if (run == 0) {
      fmt::print("  last layer: D {:.4f}, N Sigma {:.4f}, bias taken off {:.1e}\n",
                 layers[0].back().dimensionality, layers[0].back().correlation_strength,
                 layers[0].back().ratio_bias);
    }
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds[seconds.size() / 2];
}

void run(int threads, double peer_seconds) {
  using model::Engine;
  fmt::print("{} threads; tanh, g = 1.5, r = 1, white inputs, D and N Sigma of each layer\n",
             threads);
  const double direct = seconds_of({2000, 4000, 10, Engine::direct}, threads, 3);
  fmt::print("N = 2000, M = 4000, 10 layers, direct: {:.2f} s", direct);
  if (peer_seconds > 0) fmt::print(", {:.2f} times NumPy", peer_seconds / direct);
  const double wide_direct = seconds_of({16384, 512, 3, Engine::direct}, threads, 1);
  const double wide_collapsed = seconds_of({16384, 512, 3, Engine::collapsed}, threads, 3);
  fmt::print("\nN = 16384, M = 512, 3 layers: direct {:.2f} s, collapsed {:.3f} s: {:.1f} times\n",
             wide_direct, wide_collapsed, wide_direct / wide_collapsed);
  double before = 0;
  for (std::int64_t width = 1 << 13; width <= 1 << 17; width *= 2) {
    const double seconds = seconds_of({width, 512, 3, Engine::collapsed}, threads, 3);
    fmt::print("N = {:6}, M = 512, 3 layers, collapsed: {:.3f} s", width, seconds);
    if (before > 0) fmt::print(", {:.2f} times half the width", seconds / before);
    fmt::print("\n");
    before = seconds;
  }
}

}  // namespace
}  // namespace wideproof::sim

int main(int argc, char** argv) {
  wideproof::sim::run(argc > 1 ? std::atoi(argv[1]) : 2, argc > 2 ? std::atof(argv[2]) : 0);
}
