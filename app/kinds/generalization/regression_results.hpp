// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/kinds/generalization/regression_tasks.hpp>
#include <wideproof/app/study/run_record.hpp>
#include <wideproof/model/generalization.hpp>

namespace wideproof::app {

/// What each task gave, in the order of regression_tasks(); nullopt where it has not run.
using RegressionState = std::vector<std::optional<RegressionResult>>;

/// What a finished state measured. `pool_ratio`: RegressionSpec's.
model::GeneralizationMeasurement measurement_of(const std::vector<RegressionTask>& tasks,
                                                const RegressionState& state,
                                                std::int64_t pool_ratio);

/// The bytes of a checkpoint.h5, with the experiment that it belongs to, the program's version and
/// a checksum of all of it; or of results.h5. Both hold the table `/regressions`: a row for each
/// task that has run, the columns being regression_columns.
std::string to_regression_checkpoint(const std::vector<RegressionTask>& tasks,
                                     const RegressionState& state, const std::string& experiment,
                                     const std::vector<model::ReadFile>& files);
std::string to_regression_results(const std::vector<RegressionTask>& tasks,
                                  const RegressionState& state, const RunRecord& record);

/// Reads them back. Throws model::InputError naming the file when it is damaged, of another format,
/// or (a checkpoint) of another build or experiment, or of files that have changed since.
RegressionState read_regression_checkpoint(const std::string& file,
                                           const std::vector<RegressionTask>& tasks,
                                           const std::string& experiment,
                                           const std::vector<model::ReadFile>& files);
RegressionState read_regression_results(const std::string& file,
                                        const std::vector<RegressionTask>& tasks);

/// What a finished study measured, of its results.h5: neither inputs nor targets are needed.
model::GeneralizationMeasurement read_measurement(const std::string& file,
                                                  const model::Experiment& experiment);

/// Of the table: width 0 is the infinite-width kernel; kappa and what follows are NaN where the
/// theory of the error was not asked.
constexpr const char* regression_columns =
    "training_points, draw, width, replicate, pool_error, training_error, unseen_error, "
    "predicted_error, kappa, gamma, spectrum_dimension, error_dimension";

}  // namespace wideproof::app
