// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/app/kinds/training/prepared_training.hpp>
#include <wideproof/app/study/task_table.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>
#include <wideproof/model/training/training_measurement.hpp>

namespace wideproof::app {

/// What a study's numbers are of.
struct TrainingShape {
  std::vector<std::int64_t> steps;   ///< recorded
  Eigen::Index training_points = 0;  ///< validation among them
  Eigen::Index points = 0;           ///< N
  Eigen::Index outputs = 0;          ///< C
  Eigen::Index depth = 0;
  bool has_activity = true;      ///< sparsity and selectivity; not in runs of older versions
  bool has_validation = false;   ///< losses and accuracies of a validation split; likewise
  bool has_persistence = false;  ///< of untrained networks, where it was asked for
  /// Of a layer; fewer in runs of older versions.
  Eigen::Index sparsity_numbers = model::sparsity_numbers;

  /// Whether networks keep their outputs: not where they are more than most_outputs numbers a step.
  bool keeps_outputs() const { return outputs * points <= most_outputs; }
  static constexpr Eigen::Index most_outputs = 10000;
};
TrainingShape shape_of(const PreparedTraining& study);

/// The table `/networks` of results.h5 and checkpoint.h5: a row for each network, with its states
/// one after the other.
TaskTable trained_table(const model::Experiment& experiment, const TrainingShape& shape);

/// One network's states as numbers of that table.
TaskResult to_numbers(const model::TrainedNetwork& network, const TrainingShape& shape);

/// What a study measured whose tasks have all run.
model::TrainingMeasurement measurement_of(const model::Experiment& experiment,
                                          const TrainingShape& shape, const TaskState& state);

}  // namespace wideproof::app
