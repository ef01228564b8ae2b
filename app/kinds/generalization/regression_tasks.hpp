// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/generalization/measurement.hpp>

namespace wideproof::app {

/// One part of a study of generalization: the regression on one draw of data with the
/// infinite-width kernel, or with the Gram of one finite network.
struct RegressionTask {
  std::int64_t training_points = 0;
  std::int64_t draw = 0;
  std::int64_t width = 0;  ///< 0: infinite
  std::int64_t replicate = 0;
};

/// What it gave.
struct RegressionResult {
  model::RegressionError error;
  std::optional<model::PredictedError> predicted;
};

/// All of a study's, by training_points, draw, width, replicate. Throws model::InputError naming
/// simulation.replicates for more than ten million.
std::vector<RegressionTask> regression_tasks(const model::Experiment& experiment);

}  // namespace wideproof::app
