// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/model/sparsity/persistence_numbers.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/train/descent/batch_loss.hpp>
#include <wideproof/train/descent/batch_order.hpp>
#include <wideproof/train/descent/early_stopping.hpp>
#include <wideproof/train/descent/network_observer.hpp>
#include <wideproof/train/descent/network_parameters.hpp>
#include <wideproof/train/descent/network_pass.hpp>
#include <wideproof/train/descent/parameter_step.hpp>
#include <wideproof/train/descent/training_plan.hpp>
#include <wideproof/train/regularizers/activation_penalty.hpp>
#include <wideproof/train/regularizers/dropout_masks.hpp>

namespace wideproof::train {

/// The training of one network, from its start or from bytes, step by step. Lives on the team's
/// first thread.
class TrainingRun {
 public:
  /// `saved`: of an earlier run; empty: from the start.
  TrainingRun(const TrainingPlan& plan, const sim::NetworkId& id, const std::string& saved,
              WorkerTeam& team);

  bool is_over() const { return states_.size() == plan_.record.size(); }
  std::int64_t step() const { return step_; }
  /// Of the inputs of the last step, before it.
  const BatchLoss::Outcome& batch() const { return batch_; }

  /// One step, and a look at the network where the plan says so. Throws model::InputError naming
  /// training.learning_rate where the loss is no longer finite.
  void advance();

  /// Some `bytes` long.
  std::string save(double bytes) const;
  const model::TrainedNetwork& states() const { return states_; }

 private:
  void start();
  void load(const std::string& bytes);
  void look_if_recorded();
  model::TrainedState look();
  void require_finite(double loss) const;
  /// Gradients of the loss of these inputs, and of the regulariser's part of it, become `use`.
  void pass_back(const at::Tensor& inputs, at::Tensor& errors, const NetworkPass::Use& use);
  /// Adds the regulariser's gradient by the last forward pass's outputs; returns that by each
  /// hidden layer's activations.
  std::vector<at::Tensor> add_penalty(at::Tensor& errors);
  /// R, on the first training inputs; NaN without a regulariser.
  double penalty();
  /// Of a network with all of its layers, if the plan asks for it.
  void look_at_persistence();
  /// Activations of the last forward pass's hidden layers, and its outputs.
  std::vector<at::Tensor> activations() const;

  const TrainingPlan& plan_;
  sim::NetworkId id_;
  NetworkObserver observer_;
  NetworkParameters parameters_;  ///< that train
  at::Tensor inputs_;             ///< of what trains, N rows: the readout's are activations
  std::optional<NetworkObserver::Hidden> hidden_;  ///< where it does not train
  std::optional<NetworkPass> pass_;
  std::optional<ParameterStep> step_of_;
  BatchOrder order_;
  at::Tensor errors_;
  std::optional<BatchLoss> loss_;
  std::optional<DropoutMasks> masks_;
  ForEachBlock for_each_;
  std::optional<ActivationPenalty> penalty_;   ///< where the regulariser is of activations
  std::vector<at::Tensor> penalty_gradients_;  ///< by hidden layer, and of the outputs

  std::int64_t step_ = 0;
  BatchLoss::Outcome batch_;
  model::TrainedNetwork states_;
  EarlyStopping stopping_;
  double validation_loss_ = 0;        ///< of the last look
  Eigen::MatrixXd outputs_at_start_;  ///< f_0, N × C, of centred networks; else empty
  model::SeenActivity untrained_;
  model::PersistenceNumbers persistence_;  ///< likewise untrained
  Eigen::MatrixXd tangent_at_start_;       ///< where it is looked at; else empty
};

}  // namespace wideproof::train
