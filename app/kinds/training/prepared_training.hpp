// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <wideproof/app/study/shared_data.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>
#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_prediction.hpp>
#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/train/trainable_law.hpp>

namespace wideproof::app {

/// What a study of training reads: inputs that train, those that do not, and their targets.
struct LoadedTraining {
  /// Throws model::InputError.
  explicit LoadedTraining(const model::Experiment& experiment);

  model::ReadLog log;
  std::string source;                ///< of the inputs that train
  std::int64_t training_points = 0;  ///< validation among them
  std::optional<model::Inputs> all;  ///< those that train, then the others
  std::shared_ptr<const model::TrainingData> data;
};

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
  std::string not_predicted, no_kernels;

  report::InputSummary input_summary() const;
};

/// The targets' and the inputs' text: equal ones load the same.
std::string training_part(const model::Experiment& experiment);

/// Bytes that kernels of so many points take while they are computed.
double kernel_memory(const model::Experiment& experiment, std::int64_t points);

/// What a kernel Θ and K, N × N, predict of trained networks at these steps; `regress` where they
/// are the study's own.
std::vector<model::TrainedLaw> trained_laws(const PreparedTraining& study,
                                            const Eigen::MatrixXd& tangent,
                                            const Eigen::MatrixXd& kernel);

}  // namespace wideproof::app
