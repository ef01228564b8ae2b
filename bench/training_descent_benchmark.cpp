// SPDX-License-Identifier: MIT
// An epoch of plain stochastic gradient descent on digits, for bench/peer_training.py to be set
// beside.
//
//   training_descent_benchmark IMAGES LABELS [THREADS [ROUNDS]]
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/sim/numeric/worker_threads.hpp>
#include <wideproof/train/descent/network_trainer.hpp>

namespace wideproof::train {
namespace {

constexpr std::int64_t classes = 10;
constexpr std::int64_t batch = 128;

std::shared_ptr<const model::TrainingData> load(const std::string& images,
                                                const std::string& labels) {
  model::InputSpec spec;
  spec.source = model::InputSpec::Source::idx;
  spec.images = images;
  spec.labels = labels;
  auto data = std::make_shared<model::TrainingData>();
  data->inputs = model::load_inputs(spec).vectors();
  const auto of_inputs = model::load_labels(spec);
  data->targets = Eigen::MatrixXd::Zero(data->inputs.rows(), classes);
  for (std::size_t i = 0; i < of_inputs.size(); ++i) {
    data->targets(static_cast<Eigen::Index>(i), of_inputs[i]) = 1;
  }
  data->training.resize(of_inputs.size());
  std::iota(data->training.begin(), data->training.end(), 0);
  data->are_classes = true;
  return data;
}

NetworkTrainer trainer_of(std::int64_t width, std::shared_ptr<const model::TrainingData> data,
                          model::Activation activation = model::Activation::relu) {
  const model::Network network({.depth = 2, .activation = activation});
  const model::TrainingOptions options{.parameterisation = model::Parameterisation::standard,
                                       .loss = model::Loss::cross_entropy,
                                       .learning_rate = 0.1,
                                       .batch_size = batch,
                                       .epochs = 1};
  return {{.hidden = {.network = network, .weight_variance = 2}, .readout_variance = 2},
          width,
          std::move(data),
          options,
          at::kFloat};
}

struct Seconds {
  double clock = 0.0;
  double processors = 0.0;
};

/// `who`: RUSAGE_SELF or RUSAGE_THREAD.
Seconds now(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return {
      std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(),
      seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

Seconds since(const Seconds& start, int who) {
  const Seconds end = now(who);
  return {end.clock - start.clock, end.processors - start.processors};
}

/// Of the steps alone, and with drawing the network and looking at it.
struct Round {
  Seconds steps, whole;
  double accuracy = 0.0;
};

/// Hooks that time the steps between the first and the last but one.
Round one_network(const NetworkTrainer& trainer, std::int64_t replicate, int threads,
                  int who = RUSAGE_SELF) {
  Round round;
  Seconds first;
  std::int64_t steps = 0;
  Hooks hooks;
  hooks.go_on = [&](const Progress& progress) {
    if (progress.step == 1) first = now(who);
    if (progress.step == progress.steps - 1) {
      round.steps = since(first, who);
      steps = progress.steps;
    }
    return true;
  };
  const auto start = now(who);
  round.accuracy = trainer.train(1, replicate, threads, hooks).back().accuracy;
  round.whole = since(start, who);
  const double all = static_cast<double>(steps) / static_cast<double>(steps - 2);
  round.steps.clock *= all;
  round.steps.processors *= all;
  return round;
}

/// Each on a thread of its own; the steps' time is the networks' mean share of the clock.
Round side_by_side(const NetworkTrainer& trainer, int networks, int threads) {
  Round all;
  std::mutex mutex;
  const auto start = now(RUSAGE_SELF);
  sim::on_worker_threads(threads, [&](int worker) {
    for (int replicate = worker; replicate < networks; replicate += threads) {
      const auto round = one_network(trainer, replicate, 1, RUSAGE_THREAD);
      const std::lock_guard lock(mutex);
      all.steps.clock += round.steps.clock / threads;
      all.steps.processors += round.steps.processors;
      all.accuracy = round.accuracy;
    }
  });
  all.whole = since(start, RUSAGE_SELF);
  return all;
}

void report(const std::string& name, int rounds, const std::function<Round()>& measure) {
  std::vector<Round> measured;
  for (int round = 0; round <= rounds; ++round) {
    measured.push_back(measure());
    if (round == 0) measured.clear();
  }
  const auto median = [&](const std::function<double(const Round&)>& value) {
    std::vector<double> values;
    for (const auto& round : measured) values.push_back(value(round));
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  };
  fmt::print(
      "{}: epoch {:.3f} s ({:.3f} of processors), whole {:.3f} s ({:.3f}); accuracy {:.3f}\n", name,
      median([](const Round& r) { return r.steps.clock; }),
      median([](const Round& r) { return r.steps.processors; }),
      median([](const Round& r) { return r.whole.clock; }),
      median([](const Round& r) { return r.whole.processors; }),
      median([](const Round& r) { return r.accuracy; }));
}

void run(const std::string& images, const std::string& labels, int threads, int rounds) {
  const auto data = load(images, labels);
  const auto wide = trainer_of(1024, data);
  report(fmt::format("1 of width 1024, {} threads", threads), rounds,
         [&] { return one_network(wide, 0, threads); });
  const auto sparse = trainer_of(1024, data, model::Activation::thresholded_relu);
  report("the same with a tenth active by quantiles", rounds,
         [&] { return one_network(sparse, 0, threads); });
  const auto narrow = trainer_of(512, data);
  report(fmt::format("16 of width 512, {} threads", threads), rounds,
         [&] { return side_by_side(narrow, 16, threads); });
}

}  // namespace
}  // namespace wideproof::train

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "training_descent_benchmark IMAGES LABELS [THREADS [ROUNDS]]\n");
    return 2;
  }
  wideproof::train::run(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 2,
                        argc > 4 ? std::atoi(argv[4]) : 5);
  return 0;
}
