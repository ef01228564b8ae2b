// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include <Eigen/Core>

#include <wideproof/app/kinds/generalization/regression_tasks.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/generalization/generalization_spec.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/model/read_log.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>
#include <wideproof/sim/networks/readout_sampler.hpp>

namespace wideproof::app {

/// What draws of data are taken from.
struct RegressionData {
  /// Loads inputs and targets. Throws model::InputError for what cannot be loaded, and for targets
  /// so large or small that the squares of their errors leave double precision.
  explicit RegressionData(const model::Experiment& experiment);

  model::ReadLog log;  ///< what their files were
  model::Inputs inputs;
  Eigen::MatrixXd targets;  ///< inputs × outputs

  /// Mean square of the targets.
  double target_square() const {
    return targets.squaredNorm() / static_cast<double>(targets.size());
  }
};

/// Runs the tasks of a study of generalization. Each depends on the experiment alone, so that they
/// may run in any order and at the same time.
class RegressionRunner {
 public:
  /// Throws model::InputError for more points in a pool than there are inputs.
  RegressionRunner(const model::Experiment& experiment, std::shared_ptr<const RegressionData> data);

  const model::Inputs& inputs() const { return data_->inputs; }
  const Eigen::MatrixXd& targets() const { return data_->targets; }
  double target_square() const { return data_->target_square(); }
  const model::ReadLog& log() const { return data_->log; }

  /// On the thread that asks, where LibTorch and BLAS are set to one thread each.
  RegressionResult run(const RegressionTask& task) const;

  /// Bytes that run() holds at most, and its cost in floating-point operations, both estimated from
  /// its matrices.
  double memory(const RegressionTask& task) const;
  double memory() const;  ///< of inputs and targets, which all tasks share
  double work(const RegressionTask& task) const;

 private:
  const model::RegressionSpec& regression() const {
    return model::generalization_of(experiment_).regression;
  }
  struct Draw {
    model::Inputs inputs;
    Eigen::MatrixXd targets;
    std::vector<Eigen::Index> training;
  };
  Draw draw(const RegressionTask& task) const;
  RegressionResult regress_with_kernel(const RegressionTask& task, const Draw& data) const;
  RegressionResult regress_with_network(const RegressionTask& task, const Draw& data) const;
  sim::ReadoutSampler::Options sampler_options(std::int64_t width) const;
  bool is_predicted(const RegressionTask& task) const;

  model::Experiment experiment_;
  std::shared_ptr<const RegressionData> data_;
  model::Prediction limit_;
  sim::SampledLaw law_;
};

}  // namespace wideproof::app
