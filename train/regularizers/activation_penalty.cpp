// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/activation_penalty.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>
#include <utility>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/zeros_like.h>
#include <Eigen/Core>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/train/regularizers/spanning_tree.hpp>

namespace wideproof::train {
namespace {

constexpr std::int64_t neurons_in_block = 128;

std::int64_t blocks_of_neurons(std::int64_t count) {
  return (count + neurons_in_block - 1) / neurons_in_block;
}

/// The `count` columns of highest mean |a|, rising; the first of equal ones.
at::Tensor most_active(const at::Tensor& layer, std::int64_t count) {
  const auto order = std::get<1>(layer.abs().mean(0).sort(/*stable=*/true, 0, /*descending=*/true));
  return std::get<0>(order.narrow(0, 0, count).sort(0));
}

/// Neurons of one layer that follow each other, the first of them being `row` of all that are
/// taken.
struct NeuronBlock {
  std::size_t layer = 0;
  std::int64_t first = 0, size = 0, row = 0;
};

/// `chosen`: by layer; undefined where all neurons are taken.
std::vector<NeuronBlock> blocks_of(const std::vector<at::Tensor>& layers,
                                   const std::vector<at::Tensor>& chosen) {
  std::vector<NeuronBlock> blocks;
  std::int64_t before = 0;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const std::int64_t count = chosen[l].defined() ? chosen[l].size(0) : layers[l].size(1);
    for (std::int64_t first = 0; first < count; first += neurons_in_block) {
      blocks.push_back({l, first, std::min(neurons_in_block, count - first), before + first});
    }
    before += count;
  }
  return blocks;
}

double sign(double x) {
  return x > 0 ? 1 : x < 0 ? -1 : 0;
}

/// to += factor·(z_j − ρ z_i)
template <class Real>
void add_slope(const Real* z_j, const Real* z_i, double rho, double factor, std::int64_t samples,
               Real* to) {
  using Row = Eigen::Map<const Eigen::Array<Real, Eigen::Dynamic, 1>>;
  Eigen::Map<Eigen::Array<Real, Eigen::Dynamic, 1>>(to, samples) +=
      static_cast<Real>(factor) * Row(z_j, samples) -
      static_cast<Real>(factor * rho) * Row(z_i, samples);
}

/// to_i −= factor·sgn(ρ)(z_j − ρ z_i)/‖ã_i‖ for both ends of an edge.
void subtract_edge(const NeuronCorrelations& neurons, const TreeEdge& edge, double rho,
                   double factor, at::Tensor& to) {
  if (rho == 0 || factor == 0) return;
  const std::int64_t samples = neurons.samples();
  AT_DISPATCH_FLOATING_TYPES(to.scalar_type(), "ActivationPenalty", [&] {
    const auto* z = neurons.z.data_ptr<scalar_t>();
    auto* out = to.data_ptr<scalar_t>();
    const auto at_end = [&](std::int64_t i, std::int64_t j) {
      const double scale = -factor * sign(rho) / neurons.norms[static_cast<std::size_t>(i)];
      add_slope(z + j * samples, z + i * samples, rho, scale, samples, out + i * samples);
    };
    at_end(edge.from, edge.to);
    at_end(edge.to, edge.from);
  });
}

/// Σ_i |ρ_ij| over i ≠ j of each row, the rows becoming sgn(ρ) with 0 for i = j.
std::vector<double> signed_rows(at::Tensor& matrix, const ForEachBlock& for_each) {
  const std::int64_t count = matrix.size(0);
  std::vector<double> sums(static_cast<std::size_t>(count));
  AT_DISPATCH_FLOATING_TYPES(matrix.scalar_type(), "ActivationPenalty", [&] {
    auto* data = matrix.data_ptr<scalar_t>();
    for_each(blocks_of_neurons(count), [&](std::int64_t block) {
      const std::int64_t end = std::min(count, (block + 1) * neurons_in_block);
      for (std::int64_t i = block * neurons_in_block; i < end; ++i) {
        auto* row = data + i * count;
        row[i] = 0;
        double sum = 0;
        for (std::int64_t j = 0; j < count; ++j) {
          sum += static_cast<double>(std::abs(row[j]));
          row[j] = static_cast<scalar_t>((row[j] > 0) - (row[j] < 0));
        }
        sums[static_cast<std::size_t>(i)] = sum;
      }
    });
  });
  return sums;
}

}  // namespace

ActivationPenalty::ActivationPenalty(const model::RegularizerOptions& options,
                                     ForEachBlock for_each)
    : options_(options), for_each_(std::move(for_each)) {}

double ActivationPenalty::value(const std::vector<at::Tensor>& layers) {
  return of(layers, 0, nullptr);
}

double ActivationPenalty::value(const std::vector<at::Tensor>& layers, double weight,
                                const std::vector<at::Tensor>& gradients) {
  return of(layers, weight, &gradients);
}

std::vector<at::Tensor> ActivationPenalty::chosen_neurons(
    const std::vector<at::Tensor>& layers) const {
  std::vector<at::Tensor> chosen(layers.size());
  for (std::size_t l = 0; l + 1 < layers.size(); ++l) {
    const std::int64_t width = layers[l].size(1);
    options_.check_fits({width});
    const std::int64_t count = options_.neurons_of(width);
    if (count < width) chosen[l] = most_active(layers[l], count);
  }
  return chosen;
}

NeuronCorrelations ActivationPenalty::gathered(const std::vector<at::Tensor>& layers,
                                               const std::vector<at::Tensor>& chosen) const {
  const auto blocks = blocks_of(layers, chosen);
  const std::int64_t neurons = blocks.back().row + blocks.back().size;
  auto rows = at::empty({neurons, layers.front().size(0)}, layers.front().options());
  for_each_(static_cast<std::int64_t>(blocks.size()), [&](std::int64_t block) {
    const auto& [layer, first, size, row] = blocks[static_cast<std::size_t>(block)];
    const auto columns = chosen[layer].defined()
                             ? layers[layer].index_select(1, chosen[layer].narrow(0, first, size))
                             : layers[layer].narrow(1, first, size);
    rows.narrow(0, row, size).copy_(columns.t());
  });
  return centred_neurons(std::move(rows), for_each_);
}

double ActivationPenalty::tree_penalty(const NeuronCorrelations& neurons, double weight,
                                       at::Tensor* gradient) {
  correlate(neurons, for_each_, matrix_);
  const auto edges = spanning_tree(matrix_);
  if (edges.empty()) return 0;
  const auto count = static_cast<double>(edges.size());
  std::vector<double> rho;
  double sum = 0;
  for (const auto& edge : edges) {
    rho.push_back(correlation(neurons, edge.from, edge.to));
    sum += 1 - std::abs(rho.back());
  }
  const double mean = sum / count;
  double squares = 0;
  for (const double r : rho) squares += (1 - std::abs(r) - mean) * (1 - std::abs(r) - mean);
  const double spread = std::sqrt(squares / count);
  const bool is_sum = options_.kind == model::Regularizer::t1;
  if (gradient) {
    for (std::size_t e = 0; e < edges.size(); ++e) {
      const double off_mean = spread > 0 ? (1 - std::abs(rho[e]) - mean) / spread : 0;
      const double slope = is_sum ? -1 : (options_.a * off_mean - (1 - options_.a)) / count;
      subtract_edge(neurons, edges[e], rho[e], weight * slope, *gradient);
    }
  }
  return is_sum ? -sum : options_.a * spread - (1 - options_.a) * mean;
}

double ActivationPenalty::mean_penalty(const NeuronCorrelations& neurons, double weight,
                                       at::Tensor* gradient) {
  const auto alive = static_cast<double>(
      std::count_if(neurons.norms.begin(), neurons.norms.end(), [](double x) { return x > 0; }));
  if (alive < 2) return 0;
  correlate(neurons, for_each_, matrix_);
  const auto sums = signed_rows(matrix_, for_each_);
  double sum = 0;
  for (const double of_row : sums) sum += of_row;
  const double pairs = alive * (alive - 1) / 2;
  if (gradient) {
    const std::int64_t count = neurons.neurons();
    for_each_(blocks_of_neurons(count), [&](std::int64_t block) {
      const std::int64_t first = block * neurons_in_block;
      const std::int64_t size = std::min(neurons_in_block, count - first);
      auto out = gradient->narrow(0, first, size);
      sim::multiply(matrix_.narrow(0, first, size), neurons.z, out);
      for (std::int64_t i = 0; i < size; ++i) {
        const auto neuron = static_cast<std::size_t>(first + i);
        auto row = out.select(0, i);
        if (neurons.norms[neuron] == 0) {
          row.zero_();
          continue;
        }
        row.sub_(neurons.z.select(0, first + i), sums[neuron])
            .mul_(weight / (pairs * neurons.norms[neuron]));
      }
    });
  }
  return sum / 2 / pairs;
}

double ActivationPenalty::of(const std::vector<at::Tensor>& layers, double weight,
                             const std::vector<at::Tensor>* gradients) {
  const std::int64_t samples = layers.front().size(0);
  options_.check_batches(samples, samples);
  const auto chosen = chosen_neurons(layers);
  const auto neurons = gathered(layers, chosen);
  at::Tensor gradient;
  if (gradients) gradient = at::zeros_like(neurons.z);
  auto* into = gradients ? &gradient : nullptr;
  const double penalty = options_.kind == model::Regularizer::mean_correlation
                             ? mean_penalty(neurons, weight, into)
                             : tree_penalty(neurons, weight, into);
  if (!gradients) return penalty;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    if (chosen[l].defined()) (*gradients)[l].zero_();
  }
  const auto blocks = blocks_of(layers, chosen);
  for_each_(static_cast<std::int64_t>(blocks.size()), [&](std::int64_t block) {
    const auto& [layer, first, size, row] = blocks[static_cast<std::size_t>(block)];
    auto to = (*gradients)[layer];
    const auto columns = gradient.narrow(0, row, size).t();
    if (chosen[layer].defined()) {
      to.index_copy_(1, chosen[layer].narrow(0, first, size), columns);
    } else {
      to.narrow(1, first, size).copy_(columns);
    }
  });
  return penalty;
}

double ActivationPenalty::memory(double neurons, double samples, double bytes_per_number) {
  return bytes_per_number * neurons * (neurons + 2 * samples);
}

}  // namespace wideproof::train
