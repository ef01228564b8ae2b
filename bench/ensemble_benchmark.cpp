// SPDX-License-Identifier: MIT
// What one network costs that carries an ensemble of inputs: directly beside NumPy, collapsed
// beside directly, and collapsed from width to width.
//
//   ensemble_benchmark [THREADS [PEER_SECONDS]]      PEER_SECONDS: of bench/peer_ensemble.py
#include <sys/resource.h>

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
};

/// Seconds by the clock and of all processors together, which other work on the machine does not
/// change.
struct Seconds {
  double clock = 0.0;
  double processors = 0.0;
};

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

/// Medians over `runs` networks on `threads` threads; the first is no part of them.
Seconds seconds_of(const Case& wanted, int threads, int runs) {
  const EnsembleSampler sampler(
      {.law = {.network =
                   model::Network({.depth = wanted.depth, .activation = model::Activation::tanh}),
               .weight_variance = 2.25},
       .synapses = {.correlation = 1},
       .ensemble = {.samples = wanted.samples},
       .width = wanted.width,
       .engine = wanted.engine});
  std::vector<double> clock, processors;
  for (int run = 0; run <= runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    const double before = processor_seconds();
    sample_replicates(sampler, 1, run, 1, threads);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (run == 0) continue;
    clock.push_back(taken.count());
    processors.push_back(processor_seconds() - before);
  }
  const auto median = [](std::vector<double>& seconds) {
    std::sort(seconds.begin(), seconds.end());
    return seconds[seconds.size() / 2];
  };
  return {median(clock), median(processors)};
}

void run(int threads, double peer_seconds) {
  using model::Engine;
  fmt::print(
      "{} threads; seconds by the clock (of processors); tanh, g = 1.5, r = 1, white inputs\n",
      threads);
  const auto direct = seconds_of({2000, 4000, 10, Engine::direct}, threads, 3);
  fmt::print("N = 2000, M = 4000, 10 layers, direct: {:.2f} ({:.2f})", direct.clock,
             direct.processors);
  if (peer_seconds > 0) fmt::print(", {:.2f} times NumPy", peer_seconds / direct.clock);
  const auto wide = seconds_of({16384, 512, 3, Engine::direct}, threads, 1);
  const auto collapsed = seconds_of({16384, 512, 3, Engine::collapsed}, threads, 5);
  fmt::print(
      "\nN = 16384, M = 512, 3 layers: direct {:.2f} ({:.2f}), collapsed {:.3f} ({:.3f}), "
      "{:.1f} ({:.1f}) times\n",
      wide.clock, wide.processors, collapsed.clock, collapsed.processors,
      wide.clock / collapsed.clock, wide.processors / collapsed.processors);
  Seconds before;
  for (std::int64_t width = 1 << 13; width <= 1 << 17; width *= 2) {
    const auto now = seconds_of({width, 512, 3, Engine::collapsed}, threads, 3);
    fmt::print("N = {:6}, M = 512, 3 layers, collapsed: {:.3f} ({:.3f})", width, now.clock,
               now.processors);
    if (before.clock > 0) {
      fmt::print(", {:.2f} ({:.2f}) times half the width", now.clock / before.clock,
                 now.processors / before.processors);
    }
    fmt::print("\n");
    before = now;
  }
}

}  // namespace
}  // namespace wideproof::sim

int main(int argc, char** argv) {
  wideproof::sim::run(argc > 1 ? std::atoi(argv[1]) : 2, argc > 2 ? std::atof(argv[2]) : 0);
}
