// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/measurement.hpp>
#include <wideproof/sim/sampled_law.hpp>

namespace wideproof::sim {

/// How far a simulation has come, in units of sampled weights.
struct Progress {
  std::int64_t width = 0;            ///< the width being sampled
  std::int64_t replicates_done = 0;  ///< at that width
  std::int64_t replicates = 0;
  double fraction = 0.0;             ///< of the whole simulation's work
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

  /// `inputs`: P × dimension.
  MonteCarlo(Options options, Eigen::MatrixXd inputs);

  /// `on_progress` is called from one thread at a time after every block; returning false stops
  /// the run, and run() then throws Interrupted.
  using OnProgress = std::function<bool(const Progress&)>;

  struct Interrupted {};

  model::Measurement run(const OnProgress& on_progress) const;

 private:
  Options options_;
  Eigen::MatrixXd inputs_;
};

}  // namespace wideproof::sim
