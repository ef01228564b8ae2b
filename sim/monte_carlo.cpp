// SPDX-License-Identifier: MIT
#include <wideproof/sim/monte_carlo.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <torch/torch.h>

#include <wideproof/model/input_error.hpp>

#include <wideproof/sim/direct_sampler.hpp>
#include <wideproof/sim/network_observables.hpp>
#include <wideproof/sim/ordered_blocks.hpp>

namespace wideproof::sim {
namespace {

/// Part of the definition of a result: replicates are summed within blocks, then block by block.
constexpr std::int64_t replicates_per_block = 4;

torch::Tensor to_tensor(const Eigen::MatrixXd& matrix, torch::ScalarType dtype) {
  // Column-major P × d is row-major d × P.
  const auto transposed = torch::from_blob(const_cast<double*>(matrix.data()),
                                           {matrix.cols(), matrix.rows()}, torch::kFloat64);
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

std::int64_t blocks_in(std::int64_t replicates) {
  return (replicates + replicates_per_block - 1) / replicates_per_block;
}

}  // namespace

MonteCarlo::MonteCarlo(Options options, Eigen::MatrixXd inputs)
    : options_(std::move(options)), inputs_(std::move(inputs)) {
  // A block's accumulator holds two numbers an observable, and each thread keeps a few blocks.
  constexpr std::int64_t most_observables = std::int64_t{1} << 25;
  if (layout().size() > most_observables) {
    throw model::InputError(
        "inputs", fmt::format("{} vectors", inputs_.rows()),
        fmt::format("the Gram matrices of {} layers hold {} distinct entries; at most {} are "
                    "measured",
                    layout().depth(), layout().size(), most_observables));
  }
}

MonteCarlo::State MonteCarlo::start() const {
  return State(options_.widths.size(), MomentAccumulator(layout().size()));
}

bool MonteCarlo::accepts(const State& state) const {
  if (state.size() != options_.widths.size()) return false;
  return std::all_of(state.begin(), state.end(), [&](const MomentAccumulator& moments) {
    return moments.mean().size() == layout().size() &&
           moments.squares().size() == layout().size() && moments.count() >= 0 &&
           moments.count() <= options_.replicates &&
           (moments.count() % replicates_per_block == 0 || moments.count() == options_.replicates);
  });
}

bool MonteCarlo::run(State& state, const OnProgress& on_progress) const {
  const auto inputs = to_tensor(
      inputs_, options_.dtype == model::DType::float32 ? torch::kFloat32 : torch::kFloat64);
  double total_work = 0;
  for (const auto width : options_.widths) total_work += work_of(width);
  double work_before = 0;
  for (std::size_t i = 0; i < options_.widths.size(); ++i) {
    const std::int64_t width = options_.widths[i];
    const auto report = [&] {
      const double share =
          static_cast<double>(state[i].count()) / static_cast<double>(options_.replicates);
      return on_progress({.width = width,
                          .replicates_done = state[i].count(),
                          .replicates = options_.replicates,
                          .fraction = (work_before + share * work_of(width)) / total_work});
    };
    if (!run_width(width, inputs, state[i], report)) return false;
    work_before += work_of(width);
  }
  return true;
}

bool MonteCarlo::run_width(std::int64_t width, const torch::Tensor& inputs,
                           MomentAccumulator& moments, const std::function<bool()>& report) const {
  const ObservableLayout observables = layout();
  const NetworkMeter meter(options_, observables);
  const DirectSampler sampler(options_.law, width, inputs);
  const std::int64_t first = blocks_in(moments.count());
  const auto sample_block = [&](std::int64_t block) {
    MomentAccumulator partial(observables.size());
    const std::int64_t begin = (first + block) * replicates_per_block;
    const std::int64_t end = std::min(begin + replicates_per_block, options_.replicates);
    for (std::int64_t replicate = begin; replicate < end; ++replicate) {
      partial.add(meter(sampler, replicate));
    }
    return partial;
  };
  const auto merge_block = [&](const MomentAccumulator& partial) {
    moments.merge(partial);
    return report();
  };
  return run_ordered_blocks(blocks_in(options_.replicates) - first, options_.threads, sample_block,
                            merge_block);
}

model::Measurement MonteCarlo::measurement(const State& state) const {
  model::Measurement measurement;
  for (std::size_t i = 0; i < options_.widths.size(); ++i) {
    for (std::int64_t layer = 1; layer <= layout().depth(); ++layer) {
      measurement.push_back(layout().read(options_.widths[i], layer, state[i]));
    }
  }
  return measurement;
}

ObservableLayout MonteCarlo::layout() const {
  return {inputs_.rows(), options_.law.network.depth()};
}

double MonteCarlo::work_of(std::int64_t width) const {
  const auto n = static_cast<double>(width);
  const auto dimension = static_cast<double>(inputs_.cols());
  const auto later_layers = static_cast<double>(options_.law.network.depth() - 1);
  return static_cast<double>(options_.replicates) * (n * dimension + later_layers * n * n);
}

}  // namespace wideproof::sim
