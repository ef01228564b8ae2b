// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/readout_sampler.hpp>

#include <algorithm>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <wideproof/sim/layers/layer_unit.hpp>
#include <wideproof/sim/layers/neuron_gram.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

/// A normal takes as long as this many multiplications in float32,
constexpr double per_normal = 60;
/// and a multiplication in double, or in the root of a kernel, as long as that many.
constexpr double per_double = 4;
constexpr double per_root = 8;

/// That DirectSampler draws at a time, at most.
constexpr double weights_at_a_time = 0x1p18;

/// The last Gram, of which a triangle is computed.
double last_gram_work(double n, double inputs) {
  return per_double * n * inputs * inputs / 2;
}

double direct_work(const ReadoutSampler::Options& options, Eigen::Index inputs,
                   Eigen::Index dimension) {
  const auto n = static_cast<double>(options.width);
  const auto count = static_cast<double>(inputs);
  const auto later_layers = static_cast<double>(options.law.network.depth() - 1);
  const double weights = n * static_cast<double>(dimension) + later_layers * n * n;
  return weights * (per_normal + count) + last_gram_work(n, count);
}

double collapsed_work(const ReadoutSampler::Options& options, Eigen::Index inputs) {
  const auto n = static_cast<double>(options.width);
  const auto count = static_cast<double>(inputs);
  const auto depth = static_cast<double>(options.law.network.depth());
  const double root = per_root * count * count * count / 6;
  // The last Gram is not cut to a triangle.
  return depth * (n * count * (per_normal + count) + root) + (depth - 1) * n * count * count +
         2 * last_gram_work(n, count);
}

model::Engine chosen(const ReadoutSampler::Options& options, Eigen::Index inputs,
                     Eigen::Index dimension) {
  if (options.engine != model::Engine::automatic) return options.engine;
  const bool is_direct = options.width <= ReadoutSampler::widest_direct &&
                         direct_work(options, inputs, dimension) <= collapsed_work(options, inputs);
  return is_direct ? model::Engine::direct : model::Engine::collapsed;
}

/// Of neurons with z > 0, of each input.
Eigen::RowVectorXd active_fractions(const at::Tensor& z) {
  return to_array((z > 0).sum(1).to(at::kDouble)).matrix().transpose() /
         static_cast<double>(z.size(1));
}

}  // namespace

ReadoutSampler::ReadoutSampler(const Options& options, const Eigen::MatrixXd& inputs)
    : depth_(options.law.network.depth()), gram_scale_(options.gram_scale), distinct_(inputs) {
  require_float32_holds(options.law, options.dtype);
  const auto dtype = scalar_type(options.dtype);
  const auto& vectors = distinct_.vectors();
  if (chosen(options, inputs.rows(), inputs.cols()) == model::Engine::direct) {
    direct_ =
        std::make_unique<DirectSampler>(options.law, options.width, to_tensor(vectors, dtype));
  } else {
    collapsed_ = std::make_unique<CollapsedSampler>(options.law, options.width,
                                                    vectors * vectors.transpose(), dtype);
  }
}

Eigen::MatrixXd ReadoutSampler::gram(std::uint64_t seed, std::int64_t replicate, int threads,
                                     Eigen::MatrixXd* active) const {
  Eigen::MatrixXd gram;
  if (collapsed_) {
    gram = collapsed_->last_gram(seed, replicate, threads, active);
  } else {
    if (active != nullptr) active->resize(depth_, distinct_.count());
    direct_->pass(seed, replicate, threads,
                  [&](std::int64_t layer, const LayerUnit& unit, const auto&, const auto& z,
                      const auto& presynaptic) {
                    if (active != nullptr) active->row(layer - 1) = active_fractions(z);
                    const bool is_last = !presynaptic.defined();
                    if (is_last) gram = unit.of_gram() * neuron_gram(z, threads);
                  });
  }
  if (active != nullptr) *active = distinct_.columns_for_all(*active);
  gram /= gram_scale_;
  return distinct_.for_all(std::move(gram));
}

double ReadoutSampler::work(const Options& options, Eigen::Index inputs, Eigen::Index dimension) {
  return chosen(options, inputs, dimension) == model::Engine::direct
             ? direct_work(options, inputs, dimension)
             : collapsed_work(options, inputs);
}

double ReadoutSampler::held(const Options& options, Eigen::Index inputs, Eigen::Index dimension) {
  const auto count = static_cast<double>(inputs);
  const bool is_direct = chosen(options, inputs, dimension) == model::Engine::direct;
  // The inputs, twice; cosines, and as many for each of two orders.
  return 8 * (2 * count * static_cast<double>(dimension) + (is_direct ? 0 : 3 * count * count));
}

double ReadoutSampler::memory(const Options& options, Eigen::Index inputs, Eigen::Index dimension) {
  const double number = options.dtype == model::DType::float32 ? 4 : 8;
  const auto count = static_cast<double>(inputs);
  const auto n = static_cast<double>(options.width);
  if (chosen(options, inputs, dimension) == model::Engine::direct) {
    // h, z, F_B z, their turned copies and doubles for filters; a block of weights; the Gram.
    return (6 * number + 32) * count * std::max(n, static_cast<double>(dimension)) +
           number * weights_at_a_time + 8 * count * count;
  }
  // A layer that waits for its threshold or filter, and kernels on their way.
  return 2 * number * n * count + 8 * 14 * count * count;
}

}  // namespace wideproof::sim
