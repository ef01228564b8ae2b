// SPDX-License-Identifier: MIT
// What sampling a network costs: normals, lateral convolutions, whole replicates.
#include <benchmark/benchmark.h>
#include <torch/torch.h>

#include <wideproof/sim/direct_sampler.hpp>
#include <wideproof/sim/field_stream.hpp>
#include <wideproof/sim/lateral_convolver.hpp>

namespace wideproof::sim {
namespace {

using model::LateralFilter;

void normals(benchmark::State& state, torch::ScalarType dtype) {
  torch::set_num_threads(1);
  auto out = torch::empty({1 << 16}, dtype);
  FieldStream field({.seed = 1, .width = 1, .replicate = 1}, Purpose::weights, 1, dtype);
  for (auto _ : state) field.fill(out);
  state.SetItemsProcessed(state.iterations() * out.numel());
}
BENCHMARK_CAPTURE(normals, float32, torch::kFloat32);
BENCHMARK_CAPTURE(normals, float64, torch::kFloat64);

/// A box is a running sum; the mexican hat of the same support goes by FFT.
void convolution(benchmark::State& state, const LateralFilter& filter) {
  torch::set_num_threads(1);
  const std::int64_t width = state.range(0);
  const LateralConvolver convolver(filter, width);
  const auto fields = torch::randn({32, width});
  for (auto _ : state) benchmark::DoNotOptimize(convolver.convolve(fields));
  state.SetItemsProcessed(state.iterations() * fields.numel());
}
BENCHMARK_CAPTURE(convolution, box_by_running_sum, LateralFilter::box(13))->Arg(4096)->Arg(65536);
BENCHMARK_CAPTURE(convolution, gaussian_by_fft,
                  LateralFilter("filter",
                                {.kind = LateralFilter::Kind::gaussian, .taps = 13, .scale = 2.0}))
    ->Arg(4096)
    ->Arg(65536);

/// One network of depth 3, f = .1, a box of 13 taps, 32 inputs.
void direct_replicate(benchmark::State& state) {
  torch::set_num_threads(1);
  const model::Network network({.presynaptic = LateralFilter::box(13)});
  const std::int64_t width = state.range(0);
  const auto inputs = torch::nn::functional::normalize(torch::randn({32, 784}));
  const DirectSampler sampler({.network = network, .weight_variance = 15.1}, width, inputs);
  std::int64_t replicate = 0;
  for (auto _ : state) benchmark::DoNotOptimize(sampler.outputs(1, replicate++));
  state.counters["weights/s"] =
      benchmark::Counter(static_cast<double>(width * 784 + 2 * width * width),
                         benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(direct_replicate)->Arg(1024)->Arg(4096)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wideproof::sim

BENCHMARK_MAIN();
