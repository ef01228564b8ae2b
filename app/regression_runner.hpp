// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/app/regression_tasks.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/inputs.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/sim/sampled_law.hpp>

namespace wideproof::app {

/// The constants of a network's limit, from one input of unit norm.
model::Prediction limit_of(const model::Network& network);

/// Runs the tasks of a study of generalization. Each depends on the experiment alone, so that they
/// may run in any order and at the same time.
class RegressionRunner {
 public:
  /// Loads inputs and targets. Throws model::InputError for what cannot be loaded, for more points
  /// in a pool than there are inputs, and for what a sampler refuses.
  explicit RegressionRunner(const model::Experiment& experiment);

  const model::Inputs& inputs() const { return inputs_; }
  Eigen::Index outputs() const { return targets_.cols(); }
  /// limit_of() the network.
  const model::Prediction& limit() const { return limit_; }

  /// On the thread that asks, where LibTorch and BLAS are set to one thread each.
  RegressionResult run(const RegressionTask& task) const;

  /// Bytes that run() holds at most, and its cost in floating-point operations, both estimated from
  /// its matrices.
  double memory(const RegressionTask& task) const;
  double memory() const;  ///< of inputs and targets, which all tasks share
  double work(const RegressionTask& task) const;

 private:
  struct Data {
    model::Inputs inputs;
    Eigen::MatrixXd targets;
    std::vector<Eigen::Index> training;
  };
  Data draw(const RegressionTask& task) const;
  RegressionResult regress_with_kernel(const RegressionTask& task, const Data& data) const;
  RegressionResult regress_with_network(const RegressionTask& task, const Data& data) const;
  bool is_predicted(const RegressionTask& task) const;

  model::Experiment experiment_;
  model::Inputs inputs_;
  Eigen::MatrixXd targets_;
  sim::SampledLaw law_;
  model::Prediction limit_;
};

}  // namespace wideproof::app
