// SPDX-License-Identifier: MIT
// What one wide network takes to train, whose weights are never drawn.
//
//   training_benchmark [THREADS [WIDTH...]]
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include <wideproof/train/wide/wide_trainer.hpp>

namespace wideproof::train {
namespace {

constexpr Eigen::Index inputs = 16;
constexpr std::int64_t steps = 50;

/// On a half circle, so that no pair is opposite.
std::shared_ptr<const model::TrainingData> circle() {
  auto data = std::make_shared<model::TrainingData>();
  data->inputs.resize(inputs, 2);
  data->targets.resize(inputs, 1);
  for (Eigen::Index a = 0; a < inputs; ++a) {
    const double angle = M_PI * static_cast<double>(a) / static_cast<double>(inputs);
    data->inputs.row(a) << std::cos(angle), std::sin(angle);
    data->targets(a, 0) = std::cos(3 * angle);
    data->training.push_back(a);
  }
  return data;
}

double peak_gib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1024 * 1024);
}

void run(int threads, const std::vector<std::int64_t>& widths) {
  fmt::print("{} threads, {} inputs, {} steps, depth 2, f = 0.3, quantile\n\n", threads, inputs,
             steps);
  fmt::print("{:>8} {:>9} {:>13} {:>11} {:>9} {:>12}\n", "width", "seconds", "Gmult/second",
             "memory, GiB", "peak GiB", "loss");
  model::TrainingOptions options;
  options.learning_rate = 0.02;
  options.steps = steps;
  const TrainableLaw law{
      {.network = model::Network({.depth = 2, .active_fraction = .3}), .weight_variance = 6.2},
      6.2};
  for (const auto width : widths) {
    const WideTrainer trainer(law, width, circle(), options);
    const auto start = std::chrono::steady_clock::now();
    const auto network = trainer.train(1, 0, threads);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    fmt::print("{:>8} {:>9.2f} {:>13.1f} {:>11.2f} {:>9.2f} {:>12.5g}\n", width, seconds.count(),
               trainer.work() / seconds.count() / 1e9, trainer.memory(threads) / (1 << 30),
               peak_gib(), network.back().loss);
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace wideproof::train

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 2;
  if (threads < 1) {
    fmt::print(stderr, "training_benchmark: THREADS = {}: must be at least 1\n", argv[1]);
    return 2;
  }
  std::vector<std::int64_t> widths;
  for (int i = 2; i < argc; ++i) widths.push_back(std::atoll(argv[i]));
  if (widths.empty()) widths = {1000, 10000, 100000};
  wideproof::train::run(threads, widths);
}
