// SPDX-License-Identifier: MIT
#include <wideproof/sim/monte_carlo.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <torch/torch.h>

#include <wideproof/sim/direct_sampler.hpp>
#include <wideproof/sim/network_observables.hpp>
#include <wideproof/sim/ordered_blocks.hpp>

namespace wideproof::sim {
namespace {

/// Part of the definition of a result: replicates are summed within blocks, then block by block.
constexpr std::int64_t replicates_per_block = 4;

torch::Tensor to_tensor(const Eigen::MatrixXd& matrix, torch::ScalarType dtype) {
  // Column-major P × d is row-major d × P.
  const auto transposed =
      torch::from_blob(const_cast<double*>(matrix.data()), {matrix.cols(), matrix.rows()},
                       torch::kFloat64);
  return transposed.t().to(dtype).contiguous();
}

Eigen::MatrixXd gram_of(const torch::Tensor& z) {
  const auto wide = z.to(torch::kFloat64);
  const auto gram = (torch::mm(wide, wide.t()) / z.size(1)).contiguous();
  return Eigen::Map<const Eigen::MatrixXd>(gram.data_ptr<double>(), gram.size(0), gram.size(1));
}

class NetworkMeter {
 public:
  NetworkMeter(const MonteCarlo::Options& options, const ObservableLayout& layout)
      : options_(options), layout_(layout) {}

  /// The observables of one sampled network.
  Eigen::VectorXd operator()(const DirectSampler& sampler, std::int64_t replicate) const {
    Eigen::VectorXd sample(layout_.size());
    sampler.sample(options_.seed, replicate,
                   [&](std::int64_t layer, const torch::Tensor&, const torch::Tensor& z,
                       const torch::Tensor& presynaptic) {
                     const double active = (z > 0).to(torch::kFloat64).mean().item<double>();
                     layout_.write(layer, gram_of(z) / options_.gram_scale,
                                   next_kernel(presynaptic), active, sample);
                   });
    return sample;
  }

 private:
  Eigen::MatrixXd next_kernel(const torch::Tensor& presynaptic) const {
    if (!presynaptic.defined()) return {};
    return (options_.law.weight_variance * gram_of(presynaptic)).array() +
           options_.law.network.bias_variance();
  }

  const MonteCarlo::Options& options_;
  const ObservableLayout& layout_;
};

/// Weights that a network of this width draws: what its cost is proportional to.
double weights_of(const MonteCarlo::Options& options, std::int64_t dimension, std::int64_t width) {
  const auto n = static_cast<double>(width);
  return n * static_cast<double>(dimension) +
         static_cast<double>(options.law.network.depth() - 1) * n * n;
}

}  // namespace

MonteCarlo::MonteCarlo(Options options, Eigen::MatrixXd inputs)
    : options_(std::move(options)), inputs_(std::move(inputs)) {}

model::Measurement MonteCarlo::run(const OnProgress& on_progress) const {
  const ObservableLayout layout(inputs_.rows(), options_.law.network.depth());
  const NetworkMeter meter(options_, layout);
  const auto dtype =
      options_.dtype == model::DType::float32 ? torch::kFloat32 : torch::kFloat64;
  const auto inputs = to_tensor(inputs_, dtype);
  double total_work = 0;
  for (const auto width : options_.widths) total_work += weights_of(options_, inputs.size(1), width);

  model::Measurement measurement;
  double work_done = 0;
  for (const auto width : options_.widths) {
    const DirectSampler sampler(options_.law, width, inputs);
    const double work = weights_of(options_, inputs.size(1), width);
    MomentAccumulator moments(layout.size());
    const auto sample_block = [&](std::int64_t block) {
      MomentAccumulator partial(layout.size());
      const std::int64_t begin = block * replicates_per_block;
      const std::int64_t end = std::min(begin + replicates_per_block, options_.replicates);
      for (std::int64_t replicate = begin; replicate < end; ++replicate) {
        partial.add(meter(sampler, replicate));
      }
      return partial;
    };
    const auto merge_block = [&](const MomentAccumulator& partial) {
      moments.merge(partial);
      const double share = static_cast<double>(moments.count()) /
                           static_cast<double>(options_.replicates);
      return on_progress({.width = width,
                          .replicates_done = moments.count(),
                          .replicates = options_.replicates,
                          .fraction = (work_done + share * work) / total_work});
    };
    const std::int64_t blocks =
        (options_.replicates + replicates_per_block - 1) / replicates_per_block;
    if (!run_ordered_blocks(blocks, options_.threads, sample_block, merge_block)) {
      throw Interrupted{};
    }
    work_done += work;
    for (std::int64_t layer = 1; layer <= layout.depth(); ++layer) {
      measurement.push_back(layout.read(width, layer, moments));
    }
  }
  return measurement;
}

}  // namespace wideproof::sim
