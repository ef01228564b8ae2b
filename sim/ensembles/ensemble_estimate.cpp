// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_estimate.hpp>

#include <algorithm>
#include <vector>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <wideproof/sim/ensembles/centred_halves.hpp>
#include <wideproof/sim/ensembles/sample_gram.hpp>

namespace wideproof::sim {
namespace {

/// N × N matrices are cheaper than m × m ones where samples outnumber neurons by this.
constexpr std::int64_t samples_a_neuron = 8;

double ratio_of(const TracePair& traces, double width) {
  return traces.first * traces.second / (width * traces.product);
}

/// D̃ without its bias of O(1/M): B D − Σ_b (1 − m_b/m) D_(b).
double jackknife(const CentredHalves& halves, const std::vector<TracePair>& traces, double width) {
  double corrected = static_cast<double>(halves.blocks()) * ratio_of(traces[0], width);
  for (std::int64_t block = 0; block < halves.blocks(); ++block) {
    const double share =
        static_cast<double>(halves.size(block)) / static_cast<double>(halves.half());
    corrected -= (1 - share) * ratio_of(traces[static_cast<std::size_t>(block + 1)], width);
  }
  return corrected;
}

}  // namespace

EnsembleEstimate EnsembleEstimate::in_unit(double unit) const {
  const double square = unit * unit;
  auto result = *this;
  result.trace *= square;
  result.trace_squared *= square * square;
  result.square_trace *= square * square;
  result.correlation_strength *= square * square;
  return result;
}

EnsembleEstimate estimate_ensemble(const at::Tensor& activations, int threads,
                                   const at::Tensor& scratch) {
  const auto width = static_cast<double>(activations.size(0));
  const CentredHalves halves(activations, threads, scratch);
  const bool many = activations.size(1) > samples_a_neuron * activations.size(0);
  const auto traces = many ? halves.by_neurons() : halves.by_samples();
  const auto& all = traces[0];
  const double corrected = jackknife(halves, traces, width);
  return {.trace = (all.first + all.second) / 2,
          .trace_squared = all.first * all.second,
          .square_trace = all.product,
          .dimensionality = corrected,
          .ratio_bias = ratio_of(all, width) - corrected,
          .correlation_strength = (all.product - halves.diagonal_product()) / (width - 1)};
}

EnsembleEstimate whole_ensemble(const at::Tensor& activations, int threads) {
  const auto width = static_cast<double>(activations.size(0));
  const auto samples = static_cast<double>(activations.size(1));
  const auto centred = activations - activations.mean(1, /*keepdim=*/true);
  const auto variances = centred.square().sum(1).to(at::kDouble) / samples;
  const auto gram = activations.size(1) > activations.size(0)
                        ? sample_gram(centred.t().contiguous(), threads)
                        : sample_gram(centred, threads);
  EnsembleEstimate result;
  result.trace = variances.sum().item<double>();
  result.trace_squared = result.trace * result.trace;
  result.square_trace = gram.square().sum().item<double>() / (samples * samples);
  result.dimensionality = result.trace_squared / (width * result.square_trace);
  result.correlation_strength =
      (result.square_trace - variances.square().sum().item<double>()) / (width - 1);
  return result;
}

double estimate_memory(std::int64_t width, std::int64_t samples, std::int64_t bytes_a_number) {
  const auto n = static_cast<double>(width);
  const auto m = static_cast<double>(samples);
  const double centred = 2 * n * m * static_cast<double>(bytes_a_number);
  const double side = std::min(n, m);
  return centred + 8 * (samples > samples_a_neuron * width ? 6 * n * n : 2 * side * side);
}

double estimate_work(std::int64_t width, std::int64_t samples) {
  const auto n = static_cast<double>(width);
  const auto m = static_cast<double>(samples);
  return samples > samples_a_neuron * width ? 2 * n * n * m : n * m * m / 4;
}

}  // namespace wideproof::sim
