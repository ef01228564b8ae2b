// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/regression_results.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/study/provenance.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

constexpr const char* results_schema = "wideproof.regressions/1";
constexpr const char* checkpoint_schema = "wideproof.regressions-checkpoint/2";
constexpr Eigen::Index columns = 12;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::array<double, 4> name_of(const RegressionTask& task) {
  return {static_cast<double>(task.training_points), static_cast<double>(task.draw),
          static_cast<double>(task.width), static_cast<double>(task.replicate)};
}

Eigen::MatrixXd to_table(const std::vector<RegressionTask>& tasks, const RegressionState& state) {
  Eigen::MatrixXd table(static_cast<Eigen::Index>(tasks.size()), columns);
  Eigen::Index row = 0;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (!state[i]) continue;
    const auto name = name_of(tasks[i]);
    const auto& error = state[i]->error;
    const auto p = state[i]->predicted.value_or(model::PredictedError{nan, nan, nan, nan, nan});
    table.row(row++) << name[0], name[1], name[2], name[3], error.pool, error.training,
        error.unseen, p.error, p.kappa, p.gamma, p.spectrum_dimension, p.error_dimension;
  }
  return table.topRows(row);
}

void write_table(Hdf5Writer& file, const Eigen::MatrixXd& table) {
  if (table.rows() == 0) return;
  file.matrix("/regressions", table,
              fmt::format("a row for each regression, width 0 being infinite; columns: {}",
                          regression_columns),
              "mean squared errors in squared units of the targets");
}

/// Throws through `refuse` where a row belongs to no task, or a task has two.
template <class Refuse>
RegressionState from_table(const Eigen::MatrixXd& table, const std::vector<RegressionTask>& tasks,
                           const Refuse& refuse) {
  if (table.rows() > 0 && table.cols() != columns)
    refuse("is damaged: its table has other columns");
  std::map<std::array<double, 4>, std::size_t> place;
  for (std::size_t i = 0; i < tasks.size(); ++i) place[name_of(tasks[i])] = i;
  RegressionState state(tasks.size());
  for (Eigen::Index row = 0; row < table.rows(); ++row) {
    const auto found = place.find({table(row, 0), table(row, 1), table(row, 2), table(row, 3)});
    if (found == place.end() || state[found->second]) {
      refuse(fmt::format("is damaged: row {} does not fit the experiment", row));
    }
    RegressionResult result{{table(row, 4), table(row, 5), table(row, 6)}, std::nullopt};
    if (!std::isnan(table(row, 7))) {
      result.predicted = {table(row, 7), table(row, 8), table(row, 9), table(row, 10),
                          table(row, 11)};
    }
    state[found->second] = result;
  }
  return state;
}

std::int64_t checksum_of(const Eigen::MatrixXd& table, const std::string& experiment) {
  Checksum checksum;
  checksum.add(experiment);
  checksum.add(table);
  return checksum.value();
}

Eigen::MatrixXd read_table(const Hdf5Reader& file) {
  return file.holds("/regressions") ? file.matrix("/regressions") : Eigen::MatrixXd();
}

}  // namespace

model::GeneralizationMeasurement measurement_of(const std::vector<RegressionTask>& tasks,
                                                const RegressionState& state,
                                                std::int64_t pool_ratio) {
  model::GeneralizationMeasurement measurement;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const auto& task = tasks[i];
    const auto& result = state[i].value();
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

std::string to_regression_results(const std::vector<RegressionTask>& tasks,
                                  const RegressionState& state, const RunRecord& record) {
  Hdf5Writer file;
  file.attribute("/", "schema", std::string(results_schema));
  write_record(file, record);
  write_table(file, to_table(tasks, state));
  return file.bytes();
}

std::string to_regression_checkpoint(const std::vector<RegressionTask>& tasks,
                                     const RegressionState& state, const std::string& experiment,
                                     const std::vector<model::ReadFile>& files) {
  const auto table = to_table(tasks, state);
  Hdf5Writer file;
  file.attribute("/", "schema", std::string(checkpoint_schema));
  file.attribute("/", "version", build_name());
  file.attribute("/", "crc32", checksum_of(table, experiment));
  file.text("/experiment", experiment);
  write_files(file, files);
  write_table(file, table);
  return file.bytes();
}

RegressionState read_regression_checkpoint(const std::string& path,
                                           const std::vector<RegressionTask>& tasks,
                                           const std::string& experiment,
                                           const std::vector<model::ReadFile>& files) {
  const Hdf5Reader file("checkpoint", path);
  const auto refuse = [&](const std::string& reason) {
    throw model::InputError("checkpoint", model::in_quotes(path), reason);
  };
  if (file.text("/", "schema") != checkpoint_schema) {
    refuse("is of another format than this version writes");
  }
  if (file.text("/", "version") != build_name()) {
    refuse(fmt::format("was written by version {}; this is {}, which may sample otherwise",
                       file.text("/", "version"), build_name()));
  }
  const auto table = read_table(file);
  if (checksum_of(table, file.text("/experiment")) != file.integer("/", "crc32")) {
    refuse("is damaged: its checksum does not fit its contents");
  }
  if (file.text("/experiment") != experiment) refuse("belongs to another experiment");
  require_same_files(read_files(file), files);
  return from_table(table, tasks, refuse);
}

RegressionState read_regression_results(const std::string& path,
                                        const std::vector<RegressionTask>& tasks) {
  const Hdf5Reader file("results", path);
  const auto refuse = [&](const std::string& reason) {
    throw model::InputError("results", model::in_quotes(path), reason);
  };
  if (const auto found = file.text("/", "schema"); found != results_schema) {
    refuse(fmt::format("has schema {}, not {}", found, results_schema));
  }
  auto state = from_table(read_table(file), tasks, refuse);
  for (const auto& result : state) {
    if (!result) refuse("is damaged: a regression of the experiment is missing");
  }
  return state;
}

model::GeneralizationMeasurement read_measurement(const std::string& file,
                                                  const model::Experiment& experiment) {
  const auto tasks = regression_tasks(experiment);
  return measurement_of(tasks, read_regression_results(file, tasks),
                        experiment.regression().pool_ratio);
}

}  // namespace wideproof::app
