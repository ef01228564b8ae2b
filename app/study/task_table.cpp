// SPDX-License-Identifier: MIT
#include <wideproof/app/study/task_table.hpp>

#include <cstring>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/folders/checkpoint_header.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

constexpr const char* checkpoint_schema = "wideproof.tasks-checkpoint/1";

Eigen::Index columns_of(const TaskTable& tasks) {
  return static_cast<Eigen::Index>(tasks.name_columns.size() + tasks.result_columns.size() +
                                   tasks.more_columns);
}

/// Rows of the tasks that have run.
Eigen::MatrixXd to_matrix(const TaskTable& tasks, const TaskState& state) {
  Eigen::MatrixXd matrix(static_cast<Eigen::Index>(tasks.size()), columns_of(tasks));
  Eigen::Index row = 0;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (!state[i]) continue;
    Eigen::Index column = 0;
    for (const double number : tasks.names[i]) matrix(row, column++) = number;
    for (const double number : *state[i]) matrix(row, column++) = number;
    ++row;
  }
  return matrix.topRows(row);
}

void write(Hdf5Writer& file, const TaskTable& tasks, const Eigen::MatrixXd& matrix) {
  if (matrix.rows() == 0) return;
  file.matrix(
      tasks.path, matrix,
      fmt::format("{}; columns: {}, {}", tasks.description, fmt::join(tasks.name_columns, ", "),
                  fmt::join(tasks.result_columns, ", ")),
      tasks.units);
}

Eigen::MatrixXd read(const Hdf5Reader& file, const TaskTable& tasks) {
  return file.holds(tasks.path) ? file.matrix(tasks.path) : Eigen::MatrixXd();
}

/// Throws through `refuse` where a row belongs to no task, or a task has two.
template <class Refuse>
TaskState from_matrix(const Eigen::MatrixXd& matrix, const TaskTable& tasks, const Refuse& refuse) {
  if (matrix.rows() > 0 && matrix.cols() != columns_of(tasks))
    refuse("is damaged: its table has other columns");
  std::map<std::vector<double>, std::size_t> place;
  for (std::size_t i = 0; i < tasks.size(); ++i) place[tasks.names[i]] = i;
  TaskState state(tasks.size());
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    const Eigen::VectorXd numbers = matrix.row(row);
    const auto* first = numbers.data();
    const auto* result = first + tasks.name_columns.size();
    const auto found = place.find({first, result});
    if (found == place.end() || state[found->second])
      refuse(fmt::format("is damaged: row {} does not fit the experiment", row));
    state[found->second].emplace(result, first + numbers.size());
  }
  return state;
}

std::int64_t checksum_of(const Eigen::MatrixXd& matrix, const TaskParts& parts,
                         const std::string& experiment) {
  Checksum checksum;
  checksum.add(experiment);
  checksum.add(matrix);
  for (const auto& [task, bytes] : parts) checksum.add(bytes);
  return checksum.value();
}

constexpr const char* parts_group = "/parts";
constexpr const char* part_tasks = "/parts/tasks";

std::string path_of_part(std::size_t task) {
  return fmt::format("/parts/task_{}", task);
}

/// Bytes as numbers of HDF5, which has them whole: eight in each, filled up with zeros.
Eigen::MatrixXd packed(const std::string& bytes) {
  Eigen::MatrixXd numbers(static_cast<Eigen::Index>((bytes.size() + 7) / 8), 1);
  numbers.setZero();
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

std::string unpacked(const std::vector<double>& numbers, std::size_t size) {
  std::string bytes(size, '\0');
  std::memcpy(bytes.data(), numbers.data(), size);
  return bytes;
}

void write_parts(Hdf5Writer& file, const TaskParts& parts) {
  if (parts.empty()) return;
  Eigen::MatrixXd tasks(static_cast<Eigen::Index>(parts.size()), 2);
  Eigen::Index row = 0;
  for (const auto& [task, bytes] : parts) {
    tasks.row(row++) << static_cast<double>(task), static_cast<double>(bytes.size());
    if (!bytes.empty())
      file.matrix(path_of_part(task), packed(bytes), "what the task needs to go on", "bytes");
  }
  file.matrix(part_tasks, tasks, "tasks that were stopped on their way, and bytes of each", "none");
}

/// Empty where something does not fit.
TaskParts read_parts(const Hdf5Reader& file, const TaskTable& tasks) {
  TaskParts parts;
  if (!file.holds(parts_group)) return parts;
  const auto rows = file.matrix(part_tasks);
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    const auto task = static_cast<std::size_t>(rows(row, 0));
    const auto size = static_cast<std::size_t>(rows(row, 1));
    if (task >= tasks.size() || size == 0) continue;
    const auto numbers = file.numbers(path_of_part(task));
    if (numbers.size() == (size + 7) / 8) parts[task] = unpacked(numbers, size);
  }
  return parts;
}

}  // namespace

std::string to_task_results(const TaskTable& tasks, const TaskState& state, const RunRecord& record,
                            const std::function<void(Hdf5Writer&)>& add_more) {
  Hdf5Writer file;
  file.attribute("/", "schema", tasks.schema);
  for (const auto& [name, number] : tasks.numbers) file.attribute("/", name, number);
  write_record(file, record);
  write(file, tasks, to_matrix(tasks, state));
  if (add_more) add_more(file);
  return file.bytes();
}

std::string to_task_checkpoint(const TaskTable& tasks, const TaskState& state,
                               const TaskParts& parts, const std::string& experiment,
                               const std::vector<model::ReadFile>& files) {
  const auto matrix = to_matrix(tasks, state);
  Hdf5Writer file;
  write_checkpoint_header(
      file, {checkpoint_schema, experiment, files, checksum_of(matrix, parts, experiment)});
  write(file, tasks, matrix);
  write_parts(file, parts);
  return file.bytes();
}

TaskCheckpoint read_task_checkpoint(const std::string& path, const TaskTable& tasks,
                                    const std::string& experiment,
                                    const std::vector<model::ReadFile>& files) {
  const Hdf5Reader file("checkpoint", path);
  require_checkpoint_of(file, path, {checkpoint_schema, experiment, files});
  const auto matrix = read(file, tasks);
  auto parts = read_parts(file, tasks);
  require_checkpoint_checksum(file, path, checksum_of(matrix, parts, experiment));
  return {from_matrix(matrix, tasks,
                      [&](const std::string& reason) {
                        throw model::InputError("checkpoint", model::in_quotes(path), reason);
                      }),
          std::move(parts)};
}

TaskState read_task_results(const std::string& path, const TaskTable& tasks) {
  const Hdf5Reader file("results", path);
  const auto refuse = [&](const std::string& reason) {
    throw model::InputError("results", model::in_quotes(path), reason);
  };
  if (const auto found = file.text("/", "schema"); found != tasks.schema)
    refuse(fmt::format("has schema {}, not {}", found, tasks.schema));
  auto state = from_matrix(read(file, tasks), tasks, refuse);
  for (const auto& result : state)
    if (!result) refuse(fmt::format("is damaged: a {} of the experiment is missing", tasks.task));
  return state;
}

}  // namespace wideproof::app
