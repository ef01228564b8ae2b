// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/backward_pass.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

/// Eigenvalues of a kernel that rounding of neurons leaves nothing of.
double kernel_resolution(at::ScalarType dtype) {
  return dtype == at::kFloat ? 1e-11 : 1e-15;
}

/// Rows of all probes, in an order of the inputs.
std::vector<Eigen::Index> order_of(const GradientRows& rows,
                                   const std::vector<Eigen::Index>& inputs) {
  std::vector<Eigen::Index> order;
  for (std::int64_t probe = 0; probe < rows.full; ++probe) {
    for (const auto input : inputs) order.push_back(rows.first(probe) + input);
  }
  if (rows.has_own) order.push_back(rows.first(rows.full));
  return order;
}

}  // namespace

BackwardPass::BackwardPass(const BackwardLaw& law, const NetworkId& id,
                           const std::vector<LayerTrace>& traces,
                           const std::vector<Eigen::MatrixXd>& factors, LayerPool& pool,
                           int threads)
    : law_(law),
      id_(id),
      traces_(traces),
      factors_(factors),
      pool_(pool),
      threads_(threads),
      blocks_(pool.blocks()),
      dtype_(pool.dtype()) {}

std::vector<Eigen::MatrixXd> BackwardPass::operator()() {
  const auto n = static_cast<double>(blocks_.width());
  scales_ = {std::sqrt(law_.readout_variance / n)};
  tangents_ = {factors_.back()};
  Incoming incoming = readout();
  std::optional<TransposedProduct> of_layer;
  for (std::int64_t layer = depth(); layer >= 1; --layer) {
    const bool passes_on = layer > 1;
    std::optional<KernelInverse> inverse;
    if (passes_on) inverse.emplace(trace(layer).kernel, kernel_resolution(dtype_));
    const auto sums = inverse && inverse->is_nearly_singular() ? at::kDouble : dtype_;
    auto result = BackwardLayer(law_.parts, pool_, trace(layer), sums, threads_)(
        incoming, signs(layer), passes_on);
    contribute(layer, result);
    if (!passes_on) break;
    normalise(result);
    of_layer.emplace(product(layer, *inverse, result));
    for (auto& scale : scales_) scale *= std::sqrt(law_.law.weight_variance / n);
    incoming = {result.rows, true,
                [&](std::int64_t block, at::Tensor& out) { of_layer->draw(block, out); }};
  }
  std::reverse(tangents_.begin(), tangents_.end());
  return tangents_;
}

BackwardPass::Incoming BackwardPass::readout() const {
  const NormalStream stream(stream_name(id_, Purpose::readout, depth()));
  return {{inputs(), 0, true}, false, [this, stream](std::int64_t block, at::Tensor& out) {
            draw_into(stream, blocks_.first(block), out);
          }};
}

std::optional<NormalStream> BackwardPass::signs(std::int64_t layer) const {
  if (!law_.has_probes || layer == 1) return std::nullopt;
  return NormalStream(stream_name(id_, Purpose::probes, layer));
}

void BackwardPass::contribute(std::int64_t layer, const Result& result) {
  for (std::size_t probe = 0; probe < result.own.size(); ++probe) {
    const double square = scales_[probe] * scales_[probe];
    tangents_[probe].array() += square * factor(layer).array() * result.own[probe].array();
  }
  if (!law_.has_probes) return;
  tangents_.push_back(factor(layer));
  scales_.push_back(1 / std::sqrt(static_cast<double>(blocks_.width())));
}

void BackwardPass::normalise(Result& result) {
  for (std::int64_t probe = 0; probe < result.rows.probes(); ++probe) {
    const auto first = result.rows.first(probe);
    const auto size = result.rows.size(probe);
    const double largest = result.gram.diagonal().segment(first, size).maxCoeff();
    if (!(largest > 0 && std::isfinite(largest))) continue;
    const int exponent = std::ilogb(largest) >> 1;
    const double factor = std::ldexp(1.0, -exponent);
    result.gram.middleRows(first, size) *= factor;
    result.gram.middleCols(first, size) *= factor;
    result.known.middleCols(first, size) *= factor;
    scales_[static_cast<std::size_t>(probe)] *= std::ldexp(1.0, exponent);
  }
}

TransposedProduct BackwardPass::product(std::int64_t layer, const KernelInverse& inverse,
                                        const Result& result) const {
  const auto n = static_cast<double>(blocks_.width());
  const double unit = trace(layer).unit;
  const double change = unit / trace(layer - 1).unit;
  return {id_,
          layer,
          result.rows,
          result.gram,
          order_of(result.rows, law_.order),
          {.inverse = inverse,
           .products = result.known,
           .weight_scale = std::sqrt(law_.law.weight_variance / n) / change,
           .bias_scale = std::sqrt(law_.law.network.bias_variance()) / unit,
           .presynaptic = [this, layer](std::int64_t block,
                                        at::Tensor& out) { presynaptic(layer - 1, block, out); }},
          blocks_,
          dtype_,
          threads_};
}

void BackwardPass::presynaptic(std::int64_t layer, std::int64_t block, at::Tensor& out) const {
  const auto& below = trace(layer);
  if (below.presynaptic) {
    out.copy_(below.presynaptic->block(block));
    return;
  }
  out.copy_(below.preactivations.block(block));
  law_.parts.activation.apply_in_place(out, below.thresholds);
}

}  // namespace wideproof::sim
