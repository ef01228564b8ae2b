// SPDX-License-Identifier: MIT
// What a replicate costs beside the least that its normals and products can cost, measured in the
// same run on as many threads.
//
//   network_benchmark [THREADS [PEER_SECONDS]]
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
#include <wideproof/sim/networks/direct_sampler.hpp>
#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/worker_threads.hpp>
#include <wideproof/sim/random/normal_stream.hpp>

namespace wideproof::sim {
namespace {

constexpr std::int64_t inputs = 64;
constexpr std::int64_t dimension = 784;
constexpr std::int64_t depth = 3;

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median_seconds(int runs, const std::function<void()>& work) {
  std::vector<double> seconds;
  work();
  for (int i = 0; i < runs; ++i) seconds.push_back(seconds_of(work));
  std::nth_element(seconds.begin(), seconds.begin() + runs / 2, seconds.end());
  return seconds[static_cast<std::size_t>(runs / 2)];
}

/// Seconds that one normal and one floating-point operation of a large product take a thread while
/// all threads do the same.
struct Machine {
  explicit Machine(int threads) {
    constexpr std::int64_t count = std::int64_t{1} << 24;
    normal =
        median_seconds(
            5,
            [&] {
              on_worker_threads(threads, [&](int thread) {
                std::vector<float> out(std::size_t{1} << 16);
                const NormalStream stream({.seed = 1, .layer = static_cast<std::uint32_t>(thread)});
                for (std::int64_t first = 0; first < count; first += std::ssize(out)) {
                  stream.draw(static_cast<std::uint64_t>(first), std::ssize(out), out.data());
                }
              });
            }) /
        count;
    constexpr std::int64_t side = 2048;
    flop = median_seconds(5,
                          [&] {
                            on_worker_threads(threads, [&](int) {
                              const auto a = torch::ones({side, side});
                              auto out = torch::empty({side, side});
                              multiply(a, a, out);
                            });
                          }) /
           (2.0 * side * side * side);
  }

  double normal;
  double flop;
};

struct Row {
  std::string engine;
  std::int64_t width;
  int replicates;  ///< in one measurement
};

/// Normals and floating-point operations of one replicate.
struct Work {
  double normals;
  double flops;
};

Work work_of(const Row& row) {
  const auto n = static_cast<double>(row.width);
  const double gram = depth * 2 * n * inputs * inputs;
  if (row.engine == "direct") {
    const double weights = n * dimension + (depth - 1) * n * n;
    return {weights, 2 * weights * inputs + gram};
  }
  return {depth * n * inputs, depth * 2 * n * inputs * inputs + gram};
}

std::unique_ptr<NetworkSampler> sampler_of(const Row& row) {
  const SampledLaw law{.network = model::Network(model::Network::Options{}),
                       .weight_variance = 25.427642};  // critical at f = .1
  torch::manual_seed(1);
  const auto x = torch::nn::functional::normalize(torch::randn({inputs, dimension}));
  if (row.engine == "direct") return std::make_unique<DirectSampler>(law, row.width, x);
  const auto wide = x.to(torch::kFloat64);
  const auto gram = torch::mm(wide, wide.t()).contiguous();
  return std::make_unique<CollapsedSampler>(
      law, row.width, Eigen::Map<Eigen::MatrixXd>(gram.data_ptr<double>(), inputs, inputs),
      torch::kFloat32);
}

double seconds_a_replicate(const Row& row, int threads) {
  const auto sampler = sampler_of(row);
  const int outer = sampler->is_large() ? 1 : threads;
  const auto sample_all = [&] {
    on_worker_threads(outer, [&](int worker) {
      for (int replicate = worker; replicate < row.replicates; replicate += outer) {
        sampler->sample(1, replicate, threads / outer, [](const LayerSummary&) {});
      }
    });
  };
  return median_seconds(5, sample_all) / row.replicates;
}

double peak_gib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1024 * 1024);
}

void run(int threads, double peer) {
  const Machine machine(threads);
  fmt::print("{} threads, {} inputs, depth {}; a thread: {:.2f} ns a normal, {:.0f} GFLOP/s\n\n",
             threads, inputs, depth, 1e9 * machine.normal, 1e-9 / machine.flop);
  fmt::print("{:<10} {:>8} {:>10} {:>12} {:>12} {:>9} {:>9} {:>9}\n", "engine", "width",
             "replicates", "ms", "bound, ms", "bound/ms", "peer/ms", "peak GiB");
  for (const Row& row : std::vector<Row>{{"direct", 8192, 8},
                                         {"collapsed", 8192, 50},
                                         {"collapsed", 8192, 200},
                                         {"collapsed", 8192, 800},
                                         {"collapsed", 1 << 16, 20},
                                         {"collapsed", 1 << 17, 10},
                                         {"collapsed", 1 << 18, 6},
                                         {"collapsed", 1 << 19, 3},
                                         {"collapsed", 1 << 20, 2},
                                         {"collapsed", 1000000, 2}}) {
    const auto work = work_of(row);
    const double bound = (work.normals * machine.normal + work.flops * machine.flop) / threads;
    const double measured = seconds_a_replicate(row, threads);
    const bool has_peer = peer > 0 && row.width == 8192;
    fmt::print("{:<10} {:>8} {:>10} {:>12.3f} {:>12.3f} {:>8.0f}% {:>9} {:>9.2f}\n", row.engine,
               row.width, row.replicates, 1e3 * measured, 1e3 * bound, 100 * bound / measured,
               has_peer ? fmt::format("{:.1f}", peer / measured) : "", peak_gib());
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace wideproof::sim

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 2;
  if (threads < 1) {
    fmt::print(stderr, "network_benchmark: THREADS = {}: must be at least 1\n", argv[1]);
    return 2;
  }
  wideproof::sim::run(threads, argc > 2 ? std::atof(argv[2]) : 0);
}
