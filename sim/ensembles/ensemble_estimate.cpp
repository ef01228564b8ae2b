// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_estimate.hpp>

#include <algorithm>
#include <cmath>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <wideproof/sim/ensembles/centred_halves.hpp>
#include <wideproof/sim/ensembles/sample_gram.hpp>

namespace wideproof::sim {
namespace {

double ratio_of(const CentredHalves& halves, std::int64_t first, std::int64_t second) {
  return halves.trace(0, first) * halves.trace(1, second) / halves.product(first, second);
}

/// The ratio of traces, the jackknife of both halves taken off.
double jackknife(const CentredHalves& halves) {
  const auto weight = [&](std::int64_t block) {
    if (block == CentredHalves::none) return static_cast<double>(halves.blocks());
    return static_cast<double>(halves.size(block)) / static_cast<double>(halves.half()) - 1;
  };
  double corrected = 0;
  for (std::int64_t b = CentredHalves::none; b < halves.blocks(); ++b) {
    for (std::int64_t c = CentredHalves::none; c < halves.blocks(); ++c) {
      corrected += weight(b) * weight(c) * ratio_of(halves, b, c);
    }
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
  constexpr auto all = CentredHalves::none;
  const double first = halves.trace(0, all);
  const double second = halves.trace(1, all);
  const double product = halves.product(all, all);
  const double corrected = jackknife(halves) / width;
  return {.trace = (first + second) / 2,
          .trace_squared = first * second,
          .square_trace = product,
          .dimensionality = corrected,
          .ratio_bias = ratio_of(halves, all, all) / width - corrected,
          .correlation_strength = (product - halves.diagonal_product()) / (width - 1)};
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
  // Centred activations, and products of a quarter of one half with the other on a few threads.
  return n * m * static_cast<double>(bytes_a_number) + 1.5 * m * m;
}

double whole_memory(std::int64_t width, std::int64_t samples, std::int64_t bytes_a_number) {
  const auto n = static_cast<double>(width);
  const auto m = static_cast<double>(samples);
  return 3 * n * m * static_cast<double>(bytes_a_number) + 16 * std::pow(std::min(n, m), 2);
}

double estimate_work(std::int64_t width, std::int64_t samples) {
  return static_cast<double>(width) * std::pow(static_cast<double>(samples), 2) / 4;
}

}  // namespace wideproof::sim
