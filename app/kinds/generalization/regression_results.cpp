// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/regression_results.hpp>

#include <cmath>
#include <limits>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/model/generalization/generalization_spec.hpp>

namespace wideproof::app {
namespace {

constexpr const char* square_name = "target_square";

}  // namespace

TaskTable regression_table(const std::vector<RegressionTask>& tasks, double target_square) {
  TaskTable table{
      .schema = "wideproof.regressions/1",
      .path = "/regressions",
      .description = "a row for each regression, width 0 being infinite",
      .units = "mean squared errors in squared units of the targets",
      .task = "regression",
      .name_columns = {"training_points", "draw", "width", "replicate"},
      .result_columns = {"pool_error", "training_error", "unseen_error", "predicted_error", "kappa",
                         "gamma", "spectrum_dimension", "error_dimension"},
      .names = {},
      .numbers = {{square_name, target_square}}};
  for (const auto& task : tasks)
    table.names.push_back({static_cast<double>(task.training_points),
                           static_cast<double>(task.draw), static_cast<double>(task.width),
                           static_cast<double>(task.replicate)});
  return table;
}

TaskResult to_numbers(const RegressionResult& result) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const auto& error = result.error;
  const auto p = result.predicted.value_or(model::PredictedError{nan, nan, nan, nan, nan});
  return {error.pool, error.training, error.unseen,         p.error,
          p.kappa,    p.gamma,        p.spectrum_dimension, p.error_dimension};
}

RegressionResult from_numbers(const TaskResult& numbers) {
  RegressionResult result{{numbers[0], numbers[1], numbers[2]}, std::nullopt};
  if (!std::isnan(numbers[3]))
    result.predicted = {numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]};
  return result;
}

model::GeneralizationMeasurement measurement_of(const std::vector<RegressionTask>& tasks,
                                                const TaskState& state, std::int64_t pool_ratio,
                                                double target_square) {
  model::GeneralizationMeasurement measurement;
  measurement.target_square = target_square;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const auto& task = tasks[i];
    const auto result = from_numbers(state[i].value());
    if (task.width == 0) {
      measurement.draws.push_back({task.training_points, pool_ratio * task.training_points,
                                   task.draw, result.error, result.predicted});
    } else {
      measurement.networks.push_back(
          {task.training_points, task.draw, task.width, task.replicate, result.error});
    }
  }
  return measurement;
}

model::GeneralizationMeasurement read_measurement(const std::string& file,
                                                  const model::Experiment& experiment) {
  const auto tasks = regression_tasks(experiment);
  const auto state = read_task_results(file, regression_table(tasks));
  const Hdf5Reader results("results", file);
  // Older files do not hold it: their targets are taken to be of the order of 1.
  const double target_square =
      results.holds_attribute("/", square_name) ? results.number("/", square_name) : 1.0;
  return measurement_of(tasks, state, model::generalization_of(experiment).regression.pool_ratio,
                        target_square);
}

}  // namespace wideproof::app
