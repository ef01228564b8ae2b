// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <wideproof/app/kinds/training/loaded_training.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/sparsity/persistence_numbers.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>
#include <wideproof/model/training/training_prediction.hpp>
#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/train/trainable_law.hpp>

namespace wideproof::app {

/// A study of training with its prediction.
struct PreparedTraining {
  /// Throws model::InputError.
  PreparedTraining(const model::Experiment& experiment,
                   std::shared_ptr<const LoadedTraining> loaded);

  model::Experiment experiment;
  std::shared_ptr<const LoadedTraining> loaded;
  model::Prediction network;  ///< constants alone, and layers of one input
  train::TrainableLaw law;
  model::TrainingPrediction prediction;
  std::vector<std::int64_t> record;  ///< steps, rising
  /// Why no law of trained outputs is predicted, and why there are no kernels to regress with; else
  /// empty.
  model::SparsityPrediction predicted_sparsity = {};  ///< of untrained networks
  model::PersistenceByWidth persistence = {};         ///< likewise; empty unless asked for
  std::string not_predicted, no_kernels;

  report::InputSummary input_summary() const;
};

/// Bytes that kernels of so many points take while they are computed.
double kernel_memory(const model::Experiment& experiment, std::int64_t points);

/// What a kernel Θ and K, N × N, predict of trained networks at these steps; `regress` where they
/// are the study's own.
std::vector<model::TrainedLaw> trained_laws(const PreparedTraining& study,
                                            const Eigen::MatrixXd& tangent,
                                            const Eigen::MatrixXd& kernel);

}  // namespace wideproof::app
