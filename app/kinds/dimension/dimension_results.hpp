// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/study/task_table.hpp>
#include <wideproof/model/dimension/dimension_measurement.hpp>
#include <wideproof/model/dimension/dimension_prediction.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// One network of a study of dimension: a task of its run.
struct NetworkTask {
  std::int64_t width = 0;
  std::int64_t replicate = 0;  ///< from 0
};

/// All of a study's, by width, replicate. Throws model::InputError naming simulation.replicates for
/// more than ten million.
std::vector<NetworkTask> network_tasks(const model::Experiment& experiment);

/// The table `/networks` of results.h5 and checkpoint.h5: a row for each network, with 1/D̃ of each
/// layer and then, unless the inputs have a dimension of their own, NΣ of each; see
/// model::WidthDimensions. Attributes hold the prediction, if there is one.
TaskTable network_table(const model::Experiment& experiment,
                        const std::optional<model::DimensionPrediction>& prediction);

/// What a study measured whose tasks have all run.
model::DimensionMeasurement measurement_of(const model::Experiment& experiment,
                                           const TaskState& state);

/// What a finished study predicted and measured, of its results.h5.
struct DimensionResults {
  std::optional<model::DimensionPrediction> prediction;
  model::DimensionMeasurement measurement;
};
DimensionResults read_dimensions(const std::string& file, const model::Experiment& experiment);

}  // namespace wideproof::app
