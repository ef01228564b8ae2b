// SPDX-License-Identifier: MIT
// Kernel entries a second on one core: the exact kernel, its interpolant, and whole layers.
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <Eigen/Core>
#include <wideproof/model/network.hpp>
#include <wideproof/theory/kernels/derivative_interpolant.hpp>
#include <wideproof/theory/kernels/kernel_interpolant.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>
#include <wideproof/theory/regression/generalization_error.hpp>
#include <wideproof/theory/regression/kernel_regression.hpp>
#include <wideproof/theory/regression/regression_kernel.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>
#include <wideproof/theory/tangent/trained_limit.hpp>

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

void derivative_interpolant(benchmark::State& state) {
  const theory::DerivativeInterpolant interpolant(
      theory::ThresholdedReluKernel::from_active_fraction(0.1));
  evaluate(state, [&](double c) { return interpolant.of_deficit(1 - c); });
}
BENCHMARK(derivative_interpolant);

void building_an_interpolant(benchmark::State& state) {
  const auto kernel = theory::ThresholdedReluKernel::from_active_fraction(0.1);
  for (auto _ : state) benchmark::DoNotOptimize(theory::KernelInterpolant(kernel).error_bound());
}
BENCHMARK(building_an_interpolant)->Unit(benchmark::kMicrosecond);

/// Cosines of directions in 64 dimensions.
Eigen::MatrixXd pool_of(Eigen::Index count) {
  Eigen::MatrixXd x = Eigen::MatrixXd::Random(64, count);
  x.colwise().normalize();
  Eigen::MatrixXd cosines = x.transpose() * x;
  cosines.diagonal().setOnes();
  return cosines;
}

/// The network of a study of generalization.
model::Network regressing_network(std::int64_t depth) {
  return model::Network(
      {.depth = depth, .active_fraction = 0.19, .presynaptic = model::LateralFilter::box(13)});
}

void regression_kernel(benchmark::State& state) {
  const Eigen::MatrixXd cosines = pool_of(state.range(0));
  const auto network = regressing_network(state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(theory::regression_kernel(network, cosines).sum());
}
BENCHMARK(regression_kernel)
    ->Args({8192, 10})
    ->Iterations(1)
    ->Unit(benchmark::kSecond)
    ->UseRealTime();

/// Half of N points train, ten outputs.
void kernel_regression(benchmark::State& state) {
  const auto kernel = theory::regression_kernel(regressing_network(2), pool_of(state.range(0)));
  const Eigen::MatrixXd targets = Eigen::MatrixXd::Random(kernel.rows(), 10);
  std::vector<Eigen::Index> training(static_cast<std::size_t>(kernel.rows() / 2));
  std::iota(training.begin(), training.end(), 0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(theory::kernel_regression(kernel, targets, training, 0.0).pool);
  }
}
BENCHMARK(kernel_regression)
    ->Arg(4096)
    ->Arg(8192)
    ->Iterations(1)
    ->Unit(benchmark::kSecond)
    ->UseRealTime();

void kernel_spectrum(benchmark::State& state) {
  auto kernel = theory::regression_kernel(regressing_network(2), pool_of(state.range(0)));
  const Eigen::MatrixXd targets = Eigen::MatrixXd::Random(kernel.rows(), 10);
  for (auto _ : state) {
    const theory::KernelSpectrum spectrum(std::move(kernel), targets);
    benchmark::DoNotOptimize(theory::predict_error(spectrum, state.range(0) / 2, 0.0).error);
  }
}
BENCHMARK(kernel_spectrum)
    ->Arg(4096)
    ->Arg(8192)
    ->Iterations(1)
    ->Unit(benchmark::kSecond)
    ->UseRealTime();

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

/// The same with the tangent kernels.
void tangent_prediction(benchmark::State& state, model::Activation activation, bool has_receivers) {
  const std::int64_t count = state.range(0);
  Eigen::MatrixXd x = Eigen::MatrixXd::Random(count, 16);
  x.rowwise().normalize();
  Eigen::MatrixXd cosines = x * x.transpose();
  cosines.diagonal().setOnes();
  model::Network::Options options{.activation = activation,
                                  .presynaptic = model::LateralFilter::box(13)};
  if (has_receivers) options.postsynaptic = model::LateralFilter::box(13);
  const model::Network network(options);
  for (auto _ : state) {
    benchmark::DoNotOptimize(theory::predict_tangent(network, cosines).output_tangent.sum());
  }
  state.SetItemsProcessed(state.iterations() * network.depth() * count * (count + 1) / 2);
}
BENCHMARK_CAPTURE(tangent_prediction, thresholded_relu, model::Activation::thresholded_relu, false)
    ->Arg(100)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tangent_prediction, both_filters, model::Activation::thresholded_relu, true)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tangent_prediction, tanh, model::Activation::tanh, false)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond);

/// Three layers of any function, with the tangent kernels where it has them.
void pointwise(benchmark::State& state, model::PointwiseOptions function, bool is_thresholded,
               bool has_tangent) {
  const std::int64_t count = state.range(0);
  Eigen::MatrixXd x = Eigen::MatrixXd::Random(count, 16);
  x.rowwise().normalize();
  Eigen::MatrixXd cosines = x * x.transpose();
  cosines.diagonal().setOnes();
  model::Network::Options options{.activation = is_thresholded
                                                    ? model::Activation::thresholded_pointwise
                                                    : model::Activation::pointwise,
                                  .weight_variance = is_thresholded ? 3.0 : 1.2};
  options.function = std::move(function);
  const model::Network network(options);
  for (auto _ : state) {
    if (has_tangent) {
      benchmark::DoNotOptimize(theory::predict_tangent(network, cosines).output_tangent.sum());
    } else {
      benchmark::DoNotOptimize(theory::predict(network, cosines).weight_variance);
    }
  }
}

/// Every function by name, two expressions, and some above a threshold.
void add_pointwise_benchmarks() {
  using model::Function;
  const auto add = [](const std::string& name, const model::PointwiseOptions& function,
                      bool is_thresholded, bool has_jumps) {
    for (const bool has_tangent : {false, true}) {
      if (has_jumps && has_tangent) continue;
      benchmark::RegisterBenchmark(
          ("pointwise/" + name + (has_tangent ? "/tangent" : "/gram")).c_str(), pointwise, function,
          is_thresholded, has_tangent)
          ->Arg(1000)
          ->Iterations(1)
          ->Unit(benchmark::kSecond);
    }
  };
  for (int i = 0; i <= static_cast<int>(Function::hard_swish); ++i) {
    const auto function = static_cast<Function>(i);
    model::PointwiseOptions options{.function = function};
    if (function == Function::exp) options.rate = 0.5;
    const std::string name(name_of(function));
    add(name, options, false, function == Function::sign);
    add("thresholded-" + name, options, true, function == Function::sign);
  }
  for (const char* text : {"x > 0.3 ? (x-0.3)^2 : 0", "tanh(x) + 0.1*sin(3*x)"}) {
    add(text, {.function = Function::expression, .expression = text}, false, false);
  }
}

/// Half of P points train, at ten times.
void trained_limit(benchmark::State& state) {
  const Eigen::MatrixXd kernel =
      theory::regression_kernel(regressing_network(2), pool_of(state.range(0)));
  const Eigen::MatrixXd targets = Eigen::MatrixXd::Random(kernel.rows() / 2, 10);
  std::vector<Eigen::Index> training(static_cast<std::size_t>(targets.rows()));
  std::iota(training.begin(), training.end(), 0);
  for (auto _ : state) {
    const theory::TrainedLimit limit(kernel, kernel, training, targets);
    for (int i = 0; i < 10; ++i) benchmark::DoNotOptimize(limit.after_flow(i).mean.sum());
  }
}
BENCHMARK(trained_limit)->Arg(1000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

int main(int argc, char** argv) {
  add_pointwise_benchmarks();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
