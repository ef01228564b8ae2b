// SPDX-License-Identifier: MIT
// A step of training with regularisers of correlations beside one without.
//
//   regularizer_benchmark [THREADS [ROUNDS]]
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/train/descent/network_trainer.hpp>

namespace wideproof::train {
namespace {

constexpr std::int64_t classes = 10, dimension = 784, batch = 256, steps = 30;

std::shared_ptr<const model::TrainingData> some_data() {
  auto data = std::make_shared<model::TrainingData>();
  std::mt19937_64 engine(1);
  std::normal_distribution<double> normal;
  constexpr Eigen::Index inputs = 4 * batch;
  data->inputs = Eigen::MatrixXd::NullaryExpr(inputs, dimension, [&] { return normal(engine); })
                     .rowwise()
                     .normalized();
  data->targets = Eigen::MatrixXd::Zero(inputs, classes);
  for (Eigen::Index i = 0; i < inputs; ++i) data->targets(i, i % classes) = 1;
  data->training.resize(inputs);
  std::iota(data->training.begin(), data->training.end(), 0);
  data->are_classes = true;
  return data;
}

NetworkTrainer trainer_of(const std::vector<std::int64_t>& layers,
                          const model::RegularizerOptions& regularizer,
                          const std::shared_ptr<const model::TrainingData>& data) {
  model::Network::Options network{.depth = 3, .activation = model::Activation::relu};
  for (const auto width : layers) {
    network.layers.push_back({static_cast<double>(width) / static_cast<double>(layers.back())});
  }
  return {
      {.hidden = {.network = model::Network(network), .weight_variance = 2}, .readout_variance = 2},
      layers.back(),
      data,
      {.parameterisation = model::Parameterisation::standard,
       .loss = model::Loss::cross_entropy,
       .learning_rate = 0.01,
       .regularizer = regularizer,
       .batch_size = batch,
       .steps = steps},
      at::kFloat};
}

struct Milliseconds {
  double clock = 0.0, processors = 0.0;
};

Milliseconds now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
  };
  const auto clock = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration<double, std::milli>(clock).count(),
          of(usage.ru_utime) + of(usage.ru_stime)};
}

/// Of a step, the medians of the clock and the mean of the processors', whose own is too coarse.
Milliseconds step_of(const NetworkTrainer& trainer, int threads) {
  std::vector<double> clocks;
  Milliseconds first, last;
  trainer.train(1, 0, threads, {.go_on = [&](const Progress& progress) {
                  const auto at = now();
                  if (progress.step == 1) first = at;
                  if (progress.step > 1) clocks.push_back(at.clock - last.clock);
                  last = at;
                  return true;
                }});
  std::sort(clocks.begin(), clocks.end());
  return {clocks[clocks.size() / 2],
          (last.processors - first.processors) / static_cast<double>(clocks.size())};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void report(const std::vector<std::int64_t>& layers, int threads, int rounds) {
  using model::Regularizer;
  const auto data = some_data();
  const auto kinds = {Regularizer::none, Regularizer::t2, Regularizer::mean_correlation,
                      Regularizer::l2};
  std::vector<NetworkTrainer> trainers;
  for (const auto kind : kinds) {
    trainers.push_back(trainer_of(layers, {.kind = kind, .strength = 1e-3}, data));
  }
  std::vector<std::vector<double>> clocks(trainers.size()), clock_ratios(trainers.size()),
      ratios(trainers.size());
  for (int round = 0; round <= rounds; ++round) {
    std::vector<Milliseconds> of_round;
    for (const auto& trainer : trainers) of_round.push_back(step_of(trainer, threads));
    if (round == 0) continue;
    for (std::size_t k = 0; k < trainers.size(); ++k) {
      clocks[k].push_back(of_round[k].clock);
      clock_ratios[k].push_back(of_round[k].clock / of_round[0].clock);
      ratios[k].push_back(of_round[k].processors / of_round[0].processors);
    }
  }
  const auto neurons = std::accumulate(layers.begin(), layers.end(), classes);
  fmt::print("{} + {}: N = {}, batch {}, {} threads\n", fmt::join(layers, "-"), classes, neurons,
             batch, threads);
  std::size_t k = 0;
  for (const auto kind : kinds) {
    fmt::print("  {:17} {:8.2f} ms, times {:.2f} by the clock, {:.2f} of processors\n",
               name_of(kind), median(clocks[k]), median(clock_ratios[k]), median(ratios[k]));
    ++k;
  }
}

}  // namespace
}  // namespace wideproof::train

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 2;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 9;
  wideproof::train::report({450, 350, 200}, threads, rounds);
  wideproof::train::report({1800, 1390, 800}, threads, rounds);
  return 0;
}
