// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/measurement.hpp>
#include <wideproof/sim/moment_accumulator.hpp>
#include <wideproof/sim/network_observables.hpp>
#include <wideproof/sim/sampled_law.hpp>

namespace at {
class Tensor;
}

namespace wideproof::sim {

/// How far a simulation has come, in units of sampled weights.
struct Progress {
  std::int64_t width = 0;            ///< the width being sampled
  std::int64_t replicates_done = 0;  ///< at that width
  std::int64_t replicates = 0;
  double fraction = 0.0;  ///< of the whole simulation's work
};

/// Samples networks of every width and measures their layers' Gram matrices.
///
/// Replicates are shared out among threads in blocks of fixed size and the blocks are merged in
/// order, so the result is the same to the last bit for any number of threads.
class MonteCarlo {
 public:
  struct Options {
    SampledLaw law;
    std::vector<std::int64_t> widths;
    std::int64_t replicates = 0;  ///< networks a width
    std::uint64_t seed = 0;
    model::DType dtype = model::DType::float32;
    double gram_scale = 1.0;  ///< Gram matrices are divided by it (model::Prediction::gram_scale)
    int threads = 1;
  };

  /// `inputs`: P × dimension. Throws model::InputError for more inputs than can be measured.
  MonteCarlo(Options options, Eigen::MatrixXd inputs);

  /// What has been sampled so far, by width: all that a run needs to go on.
  using State = std::vector<MomentAccumulator>;

  /// Before the first replicate.
  State start() const;

  /// Whether `state` can belong to this simulation: its sizes fit, and each width stands at the end
  /// of a block.
  bool accepts(const State& state) const;

  /// Called from one thread at a time after every block, when the state is whole; returning false
  /// stops the run.
  using OnProgress = std::function<bool(const Progress&)>;

  /// Samples what is missing from `state`. Returns whether it came to the end; if not, going on
  /// later from the same state gives the same bits as never having stopped.
  bool run(State& state, const OnProgress& on_progress) const;

  /// The result of a finished state.
  model::Measurement measurement(const State& state) const;

 private:
  ObservableLayout layout() const;
  /// Weights that all replicates of a width draw: what their cost is proportional to.
  double work_of(std::int64_t width) const;
  bool run_width(std::int64_t width, const at::Tensor& inputs, MomentAccumulator& moments,
                 const std::function<bool()>& report) const;

  Options options_;
  Eigen::MatrixXd inputs_;
};

}  // namespace wideproof::sim
