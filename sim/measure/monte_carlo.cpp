// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/monte_carlo.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/row_deficits.hpp>

#include <wideproof/sim/layers/layer_unit.hpp>
#include <wideproof/sim/measure/layer_sparsity.hpp>
#include <wideproof/sim/measure/require_simulation.hpp>
#include <wideproof/sim/networks/collapsed_sampler.hpp>
#include <wideproof/sim/networks/direct_sampler.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/tangent/tangent_sampler.hpp>

namespace wideproof::sim {
namespace {

constexpr auto replicates_per_block = StoppingRule::replicates_per_block;

std::unique_ptr<NetworkSampler> make_sampler(const MonteCarlo::Options& options, std::int64_t width,
                                             const Eigen::MatrixXd& inputs,
                                             std::shared_ptr<const GaussianPairTable> pair_means,
                                             const InputCounts& counts) {
  const auto dtype = scalar_type(options.dtype);
  if (options.tangent) {
    return std::make_unique<TangentSampler>(options.law, width, inputs * inputs.transpose(), dtype,
                                            *options.tangent, 1 / options.gram_scale, counts);
  }
  if (options.engine == model::Engine::direct) {
    return std::make_unique<DirectSampler>(options.law, width, to_tensor(inputs, dtype), counts);
  }
  // Weights are Gaussian, so nothing is lost without them.
  return std::make_unique<CollapsedSampler>(options.law, width, inputs * inputs.transpose(), dtype,
                                            std::move(pair_means), counts);
}

/// Matrices that are measured of a network.
std::int64_t matrices_of(const MonteCarlo::Options& options) {
  const std::int64_t depth = options.law.network.depth();
  return depth + (options.tangent ? TangentSampler::kernels(options.tangent->layers, depth) : 0);
}

}  // namespace

MonteCarlo::MonteCarlo(Options options, const Eigen::MatrixXd& inputs)
    : options_(std::move(options)),
      distinct_(require_inputs(inputs)),
      multiplicity_(distinct_.multiplicity()),
      layout_(distinct_.count(), matrices_of(options_), options_.variance_reduction,
              options_.law.network.depth()),
      classes_(model::row_deficits(inputs)) {
  require_simulation(options_);
  require_float32_holds(options_.law, options_.dtype);
  // A block's accumulator holds two numbers an observable, and each thread keeps a few blocks.
  constexpr std::int64_t most_observables = std::int64_t{1} << 25;
  if (layout_.size() > most_observables) {
    throw model::InputError(
        "inputs", fmt::format("{} vectors", inputs.rows()),
        fmt::format("the {} of {} layers hold {} distinct entries; at most {} are measured",
                    options_.tangent ? "Gram matrices and tangent kernels" : "Gram matrices",
                    options_.law.network.depth(), layout_.size(), most_observables));
  }
  const auto pair_means =
      options_.variance_reduction ? ControlVariates::pair_means_of(options_.law) : nullptr;
  require_labels(options_.labels, inputs);
  const InputCounts counts(distinct_.place(), options_.labels);
  for (const auto width : options_.widths) {
    samplers_.push_back(make_sampler(options_, width, distinct_.vectors(), pair_means, counts));
  }
}

MonteCarlo::State MonteCarlo::start() const {
  return State(options_.widths.size(), WidthSample(shape()));
}

WidthSample::Shape MonteCarlo::shape() const {
  return {.observables = layout_.size(),
          .columns = layout_.depth() * classes_.count(),
          .reduces = layout_.reduces_variance(),
          .sparsity = options_.law.network.depth() * model::sparsity_numbers,
          .selectivity = options_.labels.empty()
                             ? 0
                             : options_.law.network.depth() * model::selectivity_numbers};
}

bool MonteCarlo::accepts(const State& state) const {
  if (state.size() != options_.widths.size()) return false;
  return std::all_of(state.begin(), state.end(), [&](const WidthSample& sample) {
    return sample.count() <= options_.stopping.replicates &&
           (sample.count() % replicates_per_block == 0 ||
            sample.count() == options_.stopping.replicates) &&
           sample.fits(shape());
  });
}

bool MonteCarlo::run(State& state, const OnProgress& on_progress, RemoteWorkers* remote) const {
  for (std::size_t width = 0; width < state.size(); ++width) {
    if (is_done(state[width]) || run_width(width, state, on_progress, remote)) continue;
    return width + 1 == state.size() && is_done(state[width]);
  }
  return true;
}

bool MonteCarlo::run_width(std::size_t width, State& state, const OnProgress& on_progress,
                           RemoteWorkers* remote) const {
  WidthSample& sample = state[width];
  bool told_to_stop = false;
  const auto merge = [&](const WidthSample& block) {
    sample.merge(block);
    told_to_stop = !on_progress(progress(state, width));
    return !told_to_stop && !is_done(sample);
  };
  const std::int64_t first = sample.count() / replicates_per_block;
  const int local = workers(width);
  const int all = local + (remote != nullptr ? remote->count(width) : 0);
  OrderedBlocks<WidthSample> queue(first, options_.stopping.blocks(), blocks_ahead_per_worker * all,
                                   merge);
  const int for_remote = remote != nullptr ? 1 : 0;  // a thread that mostly waits
  on_worker_threads(local + for_remote, [&](int worker) {
    if (worker < local) {
      queue.work([&](std::int64_t block) { return sample_block(width, block); });
    } else {
      queue.guard([&] { remote->work(width, queue); });
    }
  });
  queue.finish();
  return !told_to_stop;
}

WidthSample MonteCarlo::sample_block(std::size_t width, std::int64_t block) const {
  const NetworkSampler& sampler = *samplers_[width];
  const int threads = sampler.is_large() ? options_.threads : 1;
  const std::int64_t begin = block * replicates_per_block;
  const std::int64_t end = std::min(begin + replicates_per_block, options_.stopping.replicates);
  using Part = ObservableLayout::Part;
  const auto class_means = [&](const Eigen::VectorXd& values, Part part) {
    Eigen::VectorXd means(layout_.depth() * classes_.count());
    for (std::int64_t layer = 1; layer <= layout_.depth(); ++layer) {
      means.segment((layer - 1) * classes_.count(), classes_.count()) =
          classes_.means(distinct_.for_all(layout_.matrix(values, layer, part)));
    }
    return means;
  };
  WidthSample sample(shape());
  Eigen::VectorXd observables(layout_.size());
  Eigen::VectorXd sparsity(shape().sparsity);
  Eigen::VectorXd selectivity(shape().selectivity);
  for (std::int64_t replicate = begin; replicate < end; ++replicate) {
    sampler.sample(options_.seed, replicate, threads, [&](const LayerSummary& layer) {
      const bool is_last = layer.presynaptic_gram.size() == 0;
      const double scale = layer.layer > options_.law.network.depth() ? 1.0 : options_.gram_scale;
      const Eigen::MatrixXd next_kernel =
          is_last ? Eigen::MatrixXd()
                  : Eigen::MatrixXd(
                        (options_.law.weight_variance_from(layer.layer) * layer.presynaptic_gram)
                            .array() +
                        options_.law.network.like_layer(layer.layer).bias_variance());
      layout_.write(layer.layer, layer.gram / scale, next_kernel, layer.active_fraction,
                    observables);
      if (layer.layer <= options_.law.network.depth()) {
        sparsity.segment((layer.layer - 1) * model::sparsity_numbers, model::sparsity_numbers) =
            layer_sparsity(layer, multiplicity_);
        if (selectivity.size() > 0) {
          selectivity.segment((layer.layer - 1) * model::selectivity_numbers,
                              model::selectivity_numbers) = layer.selectivity;
        }
      }
      if (!layout_.reduces_variance()) return;
      layout_.write_reduced(layer.layer, layer.gram_control / options_.gram_scale,
                            layer.correlation_control, observables);
    });
    const Part means = options_.series_of_correlations ? Part::correlation : Part::gram;
    sample.add(observables, class_means(observables, means),
               layout_.reduces_variance() ? class_means(observables, Part::reduced_gram)
                                          : Eigen::VectorXd(),
               sparsity, selectivity);
  }
  if (sample.count() >= 2) {
    const Eigen::VectorXd variance = layout_.variances(sample.moments());
    sample.add_block(class_means(variance, Part::gram), class_means(variance, Part::correlation));
  }
  return sample;
}

int MonteCarlo::workers(std::size_t width) const {
  return samplers_[width]->is_large() ? 1 : options_.threads;
}

double MonteCarlo::memory(const RemoteWorkers* remote) const {
  double largest = 0;
  int remote_workers = 0;
  for (std::size_t width = 0; width < samplers_.size(); ++width) {
    const int blocks = workers(width);
    const double sampler = samplers_[width]->memory(options_.threads / blocks);
    largest = std::max(largest, blocks * sampler);
    if (remote != nullptr) remote_workers = std::max(remote_workers, remote->count(width));
  }
  const auto accumulators = static_cast<double>(
      options_.widths.size() + static_cast<std::size_t>(options_.threads + remote_workers) *
                                   static_cast<std::size_t>(blocks_ahead_per_worker + 2));
  // The rows of a full run, while they grow or are being written.
  const double rows = 3 * static_cast<double>(options_.widths.size()) *
                      WidthSample::bytes_of_rows(shape(), options_.stopping.replicates);
  return largest + 2 * sizeof(double) * static_cast<double>(layout_.size()) * accumulators + rows;
}

bool MonteCarlo::is_done(const WidthSample& sample) const {
  return options_.stopping.is_met(
      sample.count(), [&] { return layout_.relative_standard_error(sample.moments()); });
}

std::vector<double> MonteCarlo::expected_replicates(const State& state) const {
  const auto most = static_cast<double>(options_.stopping.replicates);
  std::vector<double> expected(state.size(), most);
  if (options_.stopping.precision <= 0) return expected;
  for (std::size_t width = 0; width < state.size(); ++width) {
    const auto count = static_cast<double>(state[width].count());
    if (is_done(state[width])) {
      expected[width] = count;
    } else if (count >= 8) {
      const double missing =
          layout_.relative_standard_error(state[width].moments()) / options_.stopping.precision;
      expected[width] = std::clamp(count * missing * missing, count + 1, most);
    } else if (width > 0) {  // variances fall as 1/width
      expected[width] =
          std::max(expected[width - 1] * static_cast<double>(options_.widths[width - 1]) /
                       static_cast<double>(options_.widths[width]),
                   std::min(most, 64.0));
    }
  }
  return expected;
}

double MonteCarlo::work() const {
  const auto expected = expected_replicates(start());
  double total = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) total += samplers_[i]->work() * expected[i];
  return total;
}

double MonteCarlo::block_work(std::size_t width) const {
  return samplers_[width]->work() * static_cast<double>(replicates_per_block);
}

Progress MonteCarlo::progress(const State& state, std::size_t width) const {
  const auto expected = expected_replicates(state);
  const std::size_t next_width = is_done(state[width]) ? width + 1 : width;
  const double next = next_width < state.size() ? block_work(next_width) : 0.0;
  double done = 0;
  double total = 0;
  for (std::size_t i = 0; i < state.size(); ++i) {
    done += samplers_[i]->work() * static_cast<double>(state[i].count());
    total += samplers_[i]->work() * expected[i];
  }
  return {.width = options_.widths[width],
          .replicates_done = state[width].count(),
          .replicates = std::llround(expected[width]),
          .is_predicted = options_.stopping.precision > 0,
          .fraction = done / total,
          .block_work = block_work(width),
          .next_block_work = next};
}

model::Measurement MonteCarlo::measurement(const State& state) const {
  model::Measurement measurement;
  for (std::size_t i = 0; i < options_.widths.size(); ++i) {
    for (std::int64_t layer = 1; layer <= layout_.depth(); ++layer) {
      auto measured = layout_.read(options_.widths[i], layer, state[i].moments());
      for (auto* const moments :
           {&measured.gram, &measured.correlation, &measured.plain_gram,
            &measured.plain_correlation, &measured.next_kernel, &measured.next_correlation}) {
        *moments = {distinct_.for_all(moments->mean), distinct_.for_all(moments->variance)};
      }
      measurement.push_back(std::move(measured));
    }
  }
  return measurement;
}

model::ClassSeries MonteCarlo::series(const State& state) const {
  model::ClassSeries series{classes_, {}};
  for (std::size_t i = 0; i < options_.widths.size(); ++i) {
    const auto matrix = [&](WidthSample::Series which) { return state[i].series(which).matrix(); };
    series.widths.push_back({.width = options_.widths[i],
                             .means = matrix(WidthSample::means),
                             .reduced = matrix(WidthSample::reduced),
                             .gram_variances = matrix(WidthSample::gram_variances),
                             .correlation_variances = matrix(WidthSample::correlation_variances)});
  }
  return series;
}

model::SparsitySeries MonteCarlo::sparsity(const State& state) const {
  model::SparsitySeries series;
  for (std::size_t i = 0; i < options_.widths.size(); ++i) {
    series.push_back({options_.widths[i], state[i].series(WidthSample::sparsity).matrix()});
  }
  return series;
}

model::SelectivitySeries MonteCarlo::selectivity(const State& state) const {
  model::SelectivitySeries series;
  if (options_.labels.empty()) return series;
  for (std::size_t i = 0; i < options_.widths.size(); ++i) {
    series.push_back({options_.widths[i], state[i].series(WidthSample::selectivity).matrix()});
  }
  return series;
}

}  // namespace wideproof::sim
