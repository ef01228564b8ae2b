// SPDX-License-Identifier: MIT
// Kernel entries a second on one core: the exact kernel, its interpolant, and whole layers.
#include <cstdint>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>
#include <Eigen/Core>
#include <wideproof/theory/kernel_interpolant.hpp>
#include <wideproof/theory/layer_recursion.hpp>

namespace {

using namespace wideproof;

std::vector<double> correlations(std::size_t count) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::vector<double> c(count);
  for (double& x : c) x = uniform(random);
  return c;
}

template <class Kernel>
void evaluate(benchmark::State& state, const Kernel& kernel) {
  const std::vector<double> c = correlations(1 << 16);
  std::vector<double> k(c.size());
  for (auto _ : state) {
    for (std::size_t i = 0; i < c.size(); ++i) k[i] = kernel(c[i]);
    benchmark::DoNotOptimize(k.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(c.size()));
}

void exact_kernel(benchmark::State& state) {
  evaluate(state, theory::ThresholdedReluKernel::from_active_fraction(0.1));
}
BENCHMARK(exact_kernel);

void kernel_interpolant(benchmark::State& state) {
  evaluate(state,
           theory::KernelInterpolant(theory::ThresholdedReluKernel::from_active_fraction(0.1)));
}
BENCHMARK(kernel_interpolant);

void building_an_interpolant(benchmark::State& state) {
  const auto kernel = theory::ThresholdedReluKernel::from_active_fraction(0.1);
  for (auto _ : state) benchmark::DoNotOptimize(theory::KernelInterpolant(kernel).error_bound());
}
BENCHMARK(building_an_interpolant)->Unit(benchmark::kMicrosecond);

/// Three hidden layers on P inputs; an item is an entry of the upper triangle of one layer.
void prediction(benchmark::State& state, model::Activation activation) {
  const std::int64_t count = state.range(0);
  Eigen::MatrixXd x = Eigen::MatrixXd::Random(count, 16);
  x.rowwise().normalize();
  Eigen::MatrixXd cosines = x * x.transpose();
  cosines.diagonal().setOnes();
  const model::Network network(
      {.activation = activation, .presynaptic = model::LateralFilter::box(13)});
  for (auto _ : state) benchmark::DoNotOptimize(theory::predict(network, cosines).weight_variance);
  state.SetItemsProcessed(state.iterations() * network.depth() * count * (count + 1) / 2);
}
BENCHMARK_CAPTURE(prediction, thresholded_relu, model::Activation::thresholded_relu)
    ->Arg(100)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(prediction, tanh, model::Activation::tanh)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
