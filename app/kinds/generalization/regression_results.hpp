// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/app/kinds/generalization/regression_tasks.hpp>
#include <wideproof/app/study/task_table.hpp>
#include <wideproof/model/generalization/measurement.hpp>

namespace wideproof::app {

/// The table `/regressions` of results.h5 and checkpoint.h5: a row for each regression. Width 0 is
/// the infinite-width kernel; predicted_error and what follows are NaN where the theory of the
/// error was not asked. An attribute holds `target_square`.
TaskTable regression_table(const std::vector<RegressionTask>& tasks, double target_square = 1.0);

/// A regression's numbers in that table, and back.
TaskResult to_numbers(const RegressionResult& result);
RegressionResult from_numbers(const TaskResult& numbers);

/// What a study measured whose tasks have all run. `pool_ratio`: RegressionSpec's; `target_square`:
/// GeneralizationMeasurement's.
model::GeneralizationMeasurement measurement_of(const std::vector<RegressionTask>& tasks,
                                                const TaskState& state, std::int64_t pool_ratio,
                                                double target_square);

/// What a finished study measured, of its results.h5: neither inputs nor targets are needed.
model::GeneralizationMeasurement read_measurement(const std::string& file,
                                                  const model::Experiment& experiment);

}  // namespace wideproof::app
