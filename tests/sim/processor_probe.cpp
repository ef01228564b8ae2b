// SPDX-License-Identifier: MIT
// Samples a few small networks and prints their means, a line for each matrix: what should come out
// alike on any processor.
//
//   processor_probe best|oldest [SEED]    Highway's targets: all, or the one that every processor
//   has
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <hwy/targets.h>

#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>

namespace wideproof::sim {
namespace {

/// A circle of twelve, or some of it with an input beside one of them.
struct Case {
  std::string name;
  model::Network::Options network;
  double beside = 0.0;  ///< angle between the first input and one more
  bool variance_reduction = false;
  model::Engine engine = model::Engine::collapsed;
};

std::vector<Case> cases() {
  const model::Network::Options sparse{.depth = 5, .active_fraction = .2};
  auto dense = sparse;
  dense.active_fraction = .5;
  auto correlated = sparse;
  correlated.presynaptic = model::LateralFilter::box(5);
  auto linear = sparse;
  linear.activation = model::Activation::linear;
  return {{.name = "sparse", .network = sparse},
          {.name = "dense", .network = dense},
          {.name = "filtered", .network = correlated},
          {.name = "linear", .network = linear},
          {.name = "near", .network = dense, .beside = 3e-6},
          {.name = "reduced", .network = correlated, .variance_reduction = true},
          {.name = "direct", .network = correlated, .engine = model::Engine::direct}};
}

Eigen::MatrixXd probe_inputs(double beside) {
  Eigen::MatrixXd circle = model::circle_inputs(12).vectors();
  if (beside == 0) return circle;
  circle.conservativeResize(13, Eigen::NoChange);
  circle.row(12) = circle.row(1);
  circle.row(1) << std::cos(beside), std::sin(beside);
  return circle;
}

void print(const std::string& name, const Eigen::MatrixXd& matrix) {
  if (matrix.size() == 0) return;
  std::string line = name;
  for (const double number : matrix.reshaped()) line += fmt::format(" {}", number);
  std::puts(line.c_str());
}

void sample(const Case& probed, model::DType dtype, std::uint64_t seed) {
  MonteCarlo::Options options;
  options.law = {.network = model::Network(probed.network), .weight_variance = 2};
  options.widths = {256, 1024};
  options.stopping.replicates = 8;
  options.seed = seed;
  options.engine = probed.engine;
  options.dtype = dtype;
  options.variance_reduction = probed.variance_reduction;
  const MonteCarlo simulation(options, probe_inputs(probed.beside));
  auto state = simulation.start();
  simulation.run(state, [](const Progress&) { return true; });
  for (const auto& layer : simulation.measurement(state)) {
    const auto name = [&](const char* quantity) {
      return fmt::format("{}/{}/{}/{}/{}", dtype == model::DType::float32 ? "float32" : "float64",
                         probed.name, layer.width, layer.layer, quantity);
    };
    print(name("gram"), layer.gram.mean);
    print(name("correlation"), layer.correlation.mean);
    print(name("next_kernel"), layer.next_kernel.mean);
    print(name("active_fraction"), Eigen::MatrixXd::Constant(1, 1, layer.active_fraction_mean));
  }
}

}  // namespace
}  // namespace wideproof::sim

int main(int count, char** arguments) {
  using namespace wideproof;
  const std::string targets = count > 1 ? arguments[1] : "";
  const std::uint64_t seed = count > 2 ? std::stoull(arguments[2]) : 20240108;
  if (targets != "best" && targets != "oldest") return 2;
  if (targets == "oldest") hwy::DisableTargets(~std::int64_t{0});
  for (const auto& probed : sim::cases()) {
    sim::sample(probed, model::DType::float32, seed);
    sim::sample(probed, model::DType::float64, seed);
  }
}
