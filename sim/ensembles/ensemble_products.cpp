// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_products.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/tensor.h>

#include <wideproof/sim/ensembles/sample_gram.hpp>
#include <wideproof/sim/numeric/kernel_root.hpp>
#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

constexpr std::int64_t weights_at_once = std::int64_t{1} << 17;
constexpr std::int64_t most_rows_at_once = 1024;
constexpr std::int64_t least_rows_at_once = 16;
constexpr std::int64_t root_columns_at_once = 128;

/// Of a row of W: (g²/n) times what x has of it.
Eigen::MatrixXd row_kernel(const model::Synapses& synapses, const NetworkId& id,
                           const SynapseLayer& layer, const at::Tensor& x, int threads) {
  const double scale = layer.variance / static_cast<double>(layer.inputs);
  Eigen::MatrixXd kernel = scale * to_matrix(sample_gram(x, threads));
  const double rho = synapses.correlation_at(layer.units);
  if (rho == 0 || synapses.across == model::SynapseSide::receiving) return kernel;
  const auto signs =
      at::tensor(synapse_signs(synapses, id, layer.number, layer.inputs), x.options());
  const auto sums = to_matrix(sample_gram(x, signs.unsqueeze(1)));
  return (1 - rho) * kernel + rho * scale * sums * sums.transpose();
}

/// S, M × r, and whether it is lower triangular.
struct Root {
  Eigen::MatrixXd matrix;
  bool is_triangular;
};

/// `dtype`: of the products that the kernel is made of.
Root root_of(Eigen::MatrixXd kernel, at::ScalarType dtype) {
  const double resolution = dtype == at::kFloat ? double{std::numeric_limits<float>::epsilon()}
                                                : std::numeric_limits<double>::epsilon();
  const InputOrder order(kernel, InputOrder::By::pivots);
  auto root = kernel_root(kernel, order, resolution);
  return {std::move(root.matrix), !root.in_order};
}

/// out = X Sᵀ by columns: sample a of a triangular root sees its first a + 1 normals alone.
void multiply_by_root(const at::Tensor& normals, const at::Tensor& transposed, bool is_triangular,
                      at::Tensor& out) {
  const std::int64_t rank = transposed.size(0);
  const std::int64_t columns = is_triangular ? root_columns_at_once : out.size(1);
  for (std::int64_t first = 0; first < out.size(1); first += columns) {
    const std::int64_t count = std::min(columns, out.size(1) - first);
    const std::int64_t seen = is_triangular ? std::min(rank, first + count) : rank;
    auto part = out.narrow(1, first, count);
    multiply(normals.narrow(1, 0, seen), transposed.narrow(0, 0, seen).narrow(1, first, count),
             part);
  }
}

}  // namespace

std::int64_t rows_of_weights(std::int64_t units, std::int64_t inputs, std::int64_t samples) {
  const auto amortised = std::min(samples / 4, most_rows_at_once);
  const auto rows = std::max({weights_at_once / inputs, amortised, least_rows_at_once});
  return std::min(rows, units);
}

void direct_product(const at::Tensor& x, int threads,
                    const std::function<at::Tensor(std::int64_t first, std::int64_t count)>& rows,
                    at::Tensor& out) {
  const std::int64_t units = out.size(0);
  const auto at_once = rows_of_weights(units, x.size(0), x.size(1));
  for_each_block((units + at_once - 1) / at_once, threads, [&](std::int64_t block) {
    const std::int64_t first = block * at_once;
    const std::int64_t count = std::min(at_once, units - first);
    auto part = out.narrow(0, first, count);
    multiply(rows(first, count), x, part);
  });
}

void collapsed_product(const model::Synapses& synapses, const NetworkId& id,
                       const SynapseLayer& layer, const at::Tensor& x, at::ScalarType products,
                       int threads, at::Tensor& out) {
  const std::int64_t samples = x.size(1);
  const auto dtype = x.scalar_type();
  auto root = root_of(row_kernel(synapses, id, layer, x.to(products), threads), products);
  if (root.matrix.cols() == 0) {  // a layer without an active unit before it
    out.zero_();
    return;
  }
  const double rho = synapses.correlation_at(layer.units);
  const bool is_shared = rho > 0 && synapses.across == model::SynapseSide::receiving;
  at::Tensor shared, signs;
  if (is_shared) {
    Eigen::VectorXd normals(samples);
    NormalStream(stream_name(id, Purpose::shared_weights, layer.number))
        .draw(0, samples, normals.data());
    const Eigen::MatrixXd common = std::sqrt(rho) * root.matrix * normals.head(root.matrix.cols());
    shared = to_tensor(common, dtype).squeeze(1);
    signs = at::tensor(synapse_signs(synapses, id, layer.number, layer.units), x.options());
    root.matrix *= std::sqrt(1 - rho);
  }
  const auto transposed = to_tensor(root.matrix.transpose(), dtype);
  const NormalStream stream(stream_name(id, Purpose::preactivations, layer.number));
  const auto at_once = std::clamp<std::int64_t>(weights_at_once / samples, 1, layer.units);
  for_each_block((layer.units + at_once - 1) / at_once, threads, [&](std::int64_t block) {
    const std::int64_t first = block * at_once;
    const std::int64_t count = std::min(at_once, layer.units - first);
    auto part = out.narrow(0, first, count);
    multiply_by_root(normal_tensor(stream, first * samples, count, samples, dtype), transposed,
                     root.is_triangular, part);
    if (is_shared) part.addr_(signs.narrow(0, first, count), shared);
  });
}

}  // namespace wideproof::sim
