// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/class_series.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/measurement.hpp>
#include <wideproof/model/sparsity/selectivity_numbers.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>
#include <wideproof/model/tangent/tangent_options.hpp>
#include <wideproof/sim/layers/distinct_inputs.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>
#include <wideproof/sim/measure/network_observables.hpp>
#include <wideproof/sim/measure/remote_workers.hpp>
#include <wideproof/sim/measure/stopping_rule.hpp>
#include <wideproof/sim/measure/width_sample.hpp>
#include <wideproof/sim/networks/network_sampler.hpp>

namespace wideproof::sim {

/// How far a simulation has come.
struct Progress {
  std::int64_t width = 0;            ///< the width being sampled
  std::int64_t replicates_done = 0;  ///< at that width
  std::int64_t replicates = 0;       ///< that the width is to have
  /// Whether `replicates` is predicted, from the variance so far and the precision asked for.
  bool is_predicted = false;
  double fraction = 0.0;         ///< of the whole simulation's work, as far as it can be told
  double block_work = 0.0;       ///< of the block just merged, in units that compare across widths
  double next_block_work = 0.0;  ///< of the one that comes next; 0 at the end
};

/// Samples networks of every width and measures their layers' Gram matrices and, if asked to, their
/// tangent kernels.
///
/// Replicates are shared out among workers in blocks of fixed size and the blocks are merged in
/// order, so the result is the same to the last bit for any number of threads or processes. A
/// network that is large takes all threads for itself. Inputs that coincide are one input to the
/// networks (DistinctInputs); what is measured is of all P.
class MonteCarlo {
 public:
  struct Options {
    SampledLaw law;
    std::vector<std::int64_t> widths;
    StoppingRule stopping;  ///< networks a width
    std::uint64_t seed = 0;
    model::Engine engine = model::Engine::automatic;
    model::DType dtype = model::DType::float32;
    double gram_scale = 1.0;  ///< Gram matrices are divided by it (model::Prediction::gram_scale)
    bool variance_reduction = false;  ///< by ControlVariates
    /// Tangent kernels too (TangentSampler): they come after the Gram matrices, as layers depth +
    /// 1, … of measurement() and series(), and are not divided by gram_scale.
    std::optional<model::TangentOptions> tangent = std::nullopt;
    /// Of the P inputs, whose classes neurons may tell apart; empty: none.
    std::vector<std::int64_t> labels = {};
    int threads = 1;
    /// Whether series() are class means of each network's correlations in place of its Gram: where
    /// correlations are judged of inputs of several norms, which no mean norm makes alike.
    bool series_of_correlations = false;
  };

  /// `inputs`: P × dimension, of unit norm as in model::Inputs. Throws model::InputError for more
  /// inputs than can be measured, for labels that are not one for each of them, and for what a
  /// sampler or require_simulation() refuses.
  MonteCarlo(Options options, const Eigen::MatrixXd& inputs);

  /// What has been sampled so far, by width: all that a run needs to go on.
  using State = std::vector<WidthSample>;

  /// Before the first replicate.
  State start() const;

  /// Whether `state` can belong to this simulation: its sizes fit, and each width stands at the end
  /// of a block.
  bool accepts(const State& state) const;

  /// Called from one thread at a time after every block, when the state is whole; returning false
  /// stops the run.
  using OnProgress = std::function<bool(const Progress&)>;

  /// Samples what is missing from `state`, with the help of `remote` workers if there are any.
  /// Returns whether it came to the end; if not, going on later from the same state gives the same
  /// bits as never having stopped.
  bool run(State& state, const OnProgress& on_progress, RemoteWorkers* remote = nullptr) const;

  /// One block of networks of width number `width`, as run() merges them.
  WidthSample sample_block(std::size_t width, std::int64_t block) const;

  /// Takes the place of Options::threads; not while it runs.
  void use_threads(int threads) { options_.threads = threads; }

  /// Cost of the whole run, in units that compare between simulations: a prediction, where a
  /// precision decides.
  double work() const;

  /// How many blocks this process works on at a time at width number `width`.
  int workers(std::size_t width) const;

  /// Bytes that a run holds at its largest width, to within a few MiB. The blocks of `remote`
  /// workers are merged here.
  double memory(const RemoteWorkers* remote = nullptr) const;

  /// The result of a finished state.
  model::Measurement measurement(const State& state) const;

  /// What each network of a finished state showed, in short.
  model::ClassSeries series(const State& state) const;

  /// What each network of a finished state showed of its hidden layers' sparsity.
  model::SparsitySeries sparsity(const State& state) const;

  /// What it showed of their selectivity; empty without labels.
  model::SelectivitySeries selectivity(const State& state) const;

 private:
  bool is_done(const WidthSample& sample) const;
  WidthSample::Shape shape() const;
  /// Networks that each width is to have, told from those sampled so far.
  std::vector<double> expected_replicates(const State& state) const;
  double block_work(std::size_t width) const;
  Progress progress(const State& state, std::size_t width) const;
  bool run_width(std::size_t width, State& state, const OnProgress& on_progress,
                 RemoteWorkers* remote) const;

  Options options_;
  DistinctInputs distinct_;
  Eigen::VectorXd multiplicity_;  ///< of the distinct inputs
  ObservableLayout layout_;       ///< of the distinct inputs
  model::EntryClasses classes_;
  std::vector<std::unique_ptr<NetworkSampler>> samplers_;  ///< one a width
};

}  // namespace wideproof::sim
