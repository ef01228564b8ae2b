// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <Eigen/Core>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/folders/run_record.hpp>

namespace wideproof::app {

/// What a task gave: a number for each of TaskTable::result_columns, NaN where there is none.
using TaskResult = std::vector<double>;

/// What each task gave, in their order; nullopt where it has not run.
using TaskState = std::vector<std::optional<TaskResult>>;

/// By task what those need that were stopped on their way, to go on.
using TaskParts = std::map<std::size_t, std::string>;

/// The tasks of a study as a table with a row for each: how they stand in results.h5 and in
/// checkpoint.h5.
struct TaskTable {
  std::string schema;       ///< of results.h5: "wideproof.regressions/1"
  std::string path;         ///< of the table: "/regressions"
  std::string description;  ///< "a row for each regression"
  std::string units;
  std::string task = "task";                ///< what one is called: "regression"
  std::vector<std::string> name_columns;    ///< that tell tasks apart
  std::vector<std::string> result_columns;  ///< what they give
  std::size_t more_columns = 0;             ///< what they give besides, as `description` says
  /// By task its numbers in name_columns, which no other task has.
  std::vector<std::vector<double>> names;

  /// Of the study as a whole, as attributes of results.h5.
  std::vector<std::pair<std::string, double>> numbers = {};

  std::size_t size() const { return names.size(); }
};

/// The bytes of results.h5 of a study whose tasks have all run, and of checkpoint.h5, with the
/// experiment that it belongs to, the program's version and a checksum of all of it. `add_more`
/// writes what a kind keeps beside its tasks; may be empty.
std::string to_task_results(const TaskTable& tasks, const TaskState& state, const RunRecord& record,
                            const std::function<void(Hdf5Writer&)>& add_more = {});
std::string to_task_checkpoint(const TaskTable& tasks, const TaskState& state,
                               const TaskParts& parts, const std::string& experiment,
                               const std::vector<model::ReadFile>& files);

/// Reads them back. Throws model::InputError naming the file when it is damaged, of another format,
/// or (a checkpoint) of another build or experiment, or of files that have changed since.
TaskState read_task_results(const std::string& file, const TaskTable& tasks);
struct TaskCheckpoint {
  TaskState state;
  TaskParts parts;
};
TaskCheckpoint read_task_checkpoint(const std::string& file, const TaskTable& tasks,
                                    const std::string& experiment,
                                    const std::vector<model::ReadFile>& files);

}  // namespace wideproof::app
