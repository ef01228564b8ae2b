// SPDX-License-Identifier: MIT
// What tangent kernels of one network cost beside its Gram matrices alone, in the same run.
//
//   tangent_benchmark [THREADS [PEER_SECONDS PEER_SECONDS_OF_OUTPUT]]
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <torch/nn.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/sim/networks/collapsed_sampler.hpp>
#include <wideproof/sim/numeric/worker_threads.hpp>
#include <wideproof/sim/tangent/tangent_sampler.hpp>

namespace wideproof::sim {
namespace {

constexpr std::int64_t inputs = 32;
constexpr std::int64_t depth = 3;
constexpr int rounds = 5;

/// Samplers of one law: Gram matrices, the output's tangent kernel with them, all of them.
std::vector<std::unique_ptr<NetworkSampler>> samplers_of(std::int64_t width) {
  const SampledLaw law{.network = model::Network({.depth = depth}),
                       .weight_variance = 25.427642};  // critical at f = .1
  torch::manual_seed(1);
  const auto x = torch::nn::functional::normalize(torch::randn({inputs, 784}, torch::kFloat64));
  const auto gram = torch::mm(x, x.t()).contiguous();
  const Eigen::MatrixXd cosines =
      Eigen::Map<Eigen::MatrixXd>(gram.data_ptr<double>(), inputs, inputs);
  std::vector<std::unique_ptr<NetworkSampler>> samplers;
  samplers.push_back(std::make_unique<CollapsedSampler>(law, width, cosines, torch::kFloat32));
  for (const auto layers : {model::TangentLayers::output, model::TangentLayers::all}) {
    samplers.push_back(std::make_unique<TangentSampler>(
        law, width, cosines, torch::kFloat32, model::TangentOptions{.layers = layers}, 1.0));
  }
  return samplers;
}

/// Of one network: on the clock, and of all processors.
struct Seconds {
  double clock = 0.0;
  double processors = 0.0;
};

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Seconds seconds_a_network(const NetworkSampler& sampler, int threads, int networks) {
  const int outer = sampler.is_large() ? 1 : threads;
  const auto start = std::chrono::steady_clock::now();
  const double processors = processor_seconds();
  on_worker_threads(outer, [&](int worker) {
    for (int replicate = worker; replicate < networks; replicate += outer) {
      sampler.sample(1, replicate, threads / outer, [](const LayerSummary&) {});
    }
  });
  const std::chrono::duration<double> clock = std::chrono::steady_clock::now() - start;
  return {clock.count() / networks, (processor_seconds() - processors) / networks};
}

double median(std::vector<double> seconds) {
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

double peak_gib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1024 * 1024);
}

void run(int threads, double peer, double peer_of_output) {
  fmt::print("{} threads, {} inputs, depth {}; a network, medians of {} in turn\n\n", threads,
             inputs, depth, rounds);
  fmt::print("{:>8} {:<22} {:>10} {:>14} {:>8} {:>8} {:>6} {:>11} {:>9}\n", "width", "what", "ms",
             "processors, ms", "x grams", "(proc.)", "peer/", "memory, GiB", "peak GiB");
  for (const auto& [width, networks] : std::vector<std::pair<std::int64_t, int>>{{4096, 400},
                                                                                 {1 << 16, 8},
                                                                                 {1 << 17, 4},
                                                                                 {1 << 18, 2},
                                                                                 {1 << 19, 1},
                                                                                 {1 << 20, 1},
                                                                                 {1000000, 1}}) {
    const auto samplers = samplers_of(width);
    std::vector<std::vector<double>> clocks(samplers.size());
    std::vector<std::vector<double>> processors(samplers.size());
    // In turn, so that what else the machine does falls on all of them.
    for (int round = 0; round <= rounds; ++round) {
      for (std::size_t i = 0; i < samplers.size(); ++i) {
        const auto once = seconds_a_network(*samplers[i], threads, networks);
        if (round == 0) continue;
        clocks[i].push_back(once.clock);
        processors[i].push_back(once.processors);
      }
    }
    const char* const names[] = {"Gram matrices", "and output's tangent", "and every tangent"};
    const double of_peers[] = {0, peer_of_output, peer};
    for (std::size_t i = 0; i < samplers.size(); ++i) {
      const double clock = median(clocks[i]);
      const double processor = median(processors[i]);
      const bool has_peer = of_peers[i] > 0 && width == 4096;
      fmt::print("{:>8} {:<22} {:>10.3f} {:>14.3f} {:>8.2f} {:>8.2f} {:>6} {:>11.2f} {:>9.2f}\n",
                 width, names[i], 1e3 * clock, 1e3 * processor, clock / median(clocks[0]),
                 processor / median(processors[0]),
                 has_peer ? fmt::format("{:.0f}", of_peers[i] / clock) : "",
                 samplers[i]->memory(threads) / (1 << 30), peak_gib());
    }
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace wideproof::sim

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 2;
  if (threads < 1) {
    fmt::print(stderr, "tangent_benchmark: THREADS = {}: must be at least 1\n", argv[1]);
    return 2;
  }
  wideproof::sim::run(threads, argc > 2 ? std::atof(argv[2]) : 0,
                      argc > 3 ? std::atof(argv[3]) : 0);
}
