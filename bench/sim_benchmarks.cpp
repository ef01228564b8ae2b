// SPDX-License-Identifier: MIT
// What sampling a network costs: normals, lateral convolutions, whole replicates.
#include <algorithm>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>
#include <hwy/targets.h>
#include <torch/nn.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/sim/networks/direct_sampler.hpp>
#include <wideproof/sim/random/normal_stream.hpp>

namespace wideproof::sim {
namespace {

using model::LateralFilter;

constexpr std::int64_t buffer = 1 << 16;
const StreamName name{.seed = 1, .width = 1, .replicate = 1, .layer = 1};

template <class Real>
void fill_from_stream(benchmark::State& state) {
  const NormalStream normals(name);
  std::vector<Real> out(buffer);
  std::uint64_t first = 0;
  for (auto _ : state) {
    normals.draw(first, buffer, out.data());
    benchmark::ClobberMemory();
    first = (first + buffer) % (std::uint64_t{1} << 32);
  }
  state.SetItemsProcessed(state.iterations() * buffer);
}

/// On the best code for this processor, or on what it would be on one without AVX-512.
template <class Real>
void normals(benchmark::State& state) {
  fill_from_stream<Real>(state);
}
template <class Real>
void normals_up_to_avx2(benchmark::State& state) {
  hwy::DisableTargets(HWY_AVX3 | HWY_AVX3_DL);
  fill_from_stream<Real>(state);
  hwy::DisableTargets(0);
}
BENCHMARK_TEMPLATE(normals, float);
BENCHMARK_TEMPLATE(normals, double);
BENCHMARK_TEMPLATE(normals_up_to_avx2, float);
BENCHMARK_TEMPLATE(normals_up_to_avx2, double);

/// Boost.Random's ziggurat over the same words, drawn one after another.
template <class Real>
void normals_by_ziggurat(benchmark::State& state) {
  Philox engine(name);
  boost::random::normal_distribution<Real> normal;
  std::vector<Real> out(buffer);
  for (auto _ : state) {
    std::generate(out.begin(), out.end(), [&] { return normal(engine); });
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * buffer);
}
BENCHMARK_TEMPLATE(normals_by_ziggurat, float);
BENCHMARK_TEMPLATE(normals_by_ziggurat, double);

void normals_by_torch(benchmark::State& state, torch::ScalarType dtype) {
  torch::set_num_threads(1);
  auto out = torch::empty({buffer}, dtype);
  for (auto _ : state) out.normal_();
  state.SetItemsProcessed(state.iterations() * buffer);
}
BENCHMARK_CAPTURE(normals_by_torch, float32, torch::kFloat32);
BENCHMARK_CAPTURE(normals_by_torch, float64, torch::kFloat64);

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
