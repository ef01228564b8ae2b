// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/app/study/task_table.hpp>
#include <wideproof/model/dimension/dimension_measurement.hpp>
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
/// model::WidthDimensions.
TaskTable network_table(const model::Experiment& experiment);

/// What a study measured whose tasks have all run.
model::DimensionMeasurement measurement_of(const model::Experiment& experiment,
                                           const TaskState& state);

/// What a finished study measured, of its results.h5.
model::DimensionMeasurement read_dimensions(const std::string& file,
                                            const model::Experiment& experiment);

}  // namespace wideproof::app
