// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/training_rows.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/study/network_tasks.hpp>

namespace wideproof::app {
namespace {

constexpr Eigen::Index scalars_of_state = 7;

Eigen::Index numbers_of_activities(const TrainingShape& shape) {
  if (!shape.has_activity) return 0;
  return 2 * shape.depth * (shape.sparsity_numbers + model::selectivity_numbers);
}

Eigen::Index numbers_of_state(const TrainingShape& shape) {
  return scalars_of_state + (shape.has_validation ? 2 : 0) + 2 * shape.depth - 1 +
         numbers_of_activities(shape) + (shape.keeps_outputs() ? shape.outputs * shape.points : 0);
}

/// The states, and the activity and the persistence before training.
std::size_t numbers_of_network(const TrainingShape& shape) {
  return shape.steps.size() * static_cast<std::size_t>(numbers_of_state(shape)) +
         static_cast<std::size_t>(numbers_of_activities(shape)) +
         (shape.has_persistence ? model::persistence_numbers.size() : 0);
}

/// Puts numbers into a row, or takes them from it.
class StateRow {
 public:
  explicit StateRow(double* at) : at_(at) {}

  void put(double number) { *at_++ = number; }
  void put(const Eigen::MatrixXd& matrix, Eigen::Index size) {
    if (matrix.size() == size)
      std::copy_n(matrix.data(), size, at_);
    else
      std::fill_n(at_, size, std::numeric_limits<double>::quiet_NaN());
    at_ += size;
  }
  double take() { return *at_++; }
  Eigen::MatrixXd take(Eigen::Index rows, Eigen::Index columns) {
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Map(at_, rows, columns);
    at_ += matrix.size();
    return matrix;
  }

 private:
  double* at_;
};

void put(const model::SeenActivity& activity, const TrainingShape& shape, StateRow& row) {
  if (!shape.has_activity) return;
  for (const auto* group : {&activity.training, &activity.test}) {
    row.put(group->sparsity, shape.depth * model::sparsity_numbers);
    row.put(group->selectivity, shape.depth * model::selectivity_numbers);
  }
}

model::SeenActivity taken_activity(const TrainingShape& shape, StateRow& row) {
  model::SeenActivity activity;
  if (!shape.has_activity) return activity;
  for (auto* group : {&activity.training, &activity.test}) {
    group->sparsity.setConstant(shape.depth, model::sparsity_numbers,
                                std::numeric_limits<double>::quiet_NaN());
    group->sparsity.leftCols(shape.sparsity_numbers) =
        row.take(shape.depth, shape.sparsity_numbers);
    group->selectivity = row.take(shape.depth, model::selectivity_numbers);
  }
  return activity;
}

void put(const model::TrainedState& state, const TrainingShape& shape, StateRow& row) {
  row.put(state.loss);
  row.put(state.test_loss);
  row.put(state.accuracy);
  row.put(state.test_accuracy);
  if (shape.has_validation) {
    row.put(state.validation_loss);
    row.put(state.validation_accuracy);
  }
  row.put(state.regularizer);
  row.put(state.tangent_drift);
  row.put(state.effective_dimension);
  row.put(state.active_fractions, shape.depth);
  row.put(state.degrees_of_correlation, shape.depth - 1);
  put(state.activity, shape, row);
  if (shape.keeps_outputs()) row.put(state.outputs, shape.outputs * shape.points);
}

model::TrainedState taken(const TrainingShape& shape, StateRow& row) {
  model::TrainedState state;
  state.loss = row.take();
  state.test_loss = row.take();
  state.accuracy = row.take();
  state.test_accuracy = row.take();
  if (shape.has_validation) {
    state.validation_loss = row.take();
    state.validation_accuracy = row.take();
  }
  state.regularizer = row.take();
  state.tangent_drift = row.take();
  state.effective_dimension = row.take();
  state.active_fractions = row.take(shape.depth, 1);
  state.degrees_of_correlation = row.take(shape.depth - 1, 1);
  state.activity = taken_activity(shape, row);
  if (shape.keeps_outputs()) state.outputs = row.take(shape.outputs, shape.points);
  return state;
}

const char* schema_of(const TrainingShape& shape) {
  if (!shape.has_activity) return "wideproof.training/2";
  return shape.sparsity_numbers < model::sparsity_numbers ? "wideproof.training/3"
                                                          : "wideproof.training/4";
}

/// Of the table's rows.
std::string numbers_in_words(const TrainingShape& shape) {
  std::string text = fmt::format(
      "a row for each network, of each recorded step ({}): loss, test loss, accuracy, test "
      "accuracy, {}regulariser, drift of the tangent kernel, effective dimension, active fraction "
      "of {} layers, degree of correlation of the weights of {}",
      fmt::join(shape.steps, ", "),
      shape.has_validation ? "loss and accuracy of the validation split, " : "", shape.depth,
      shape.depth - 1);
  if (shape.has_activity)
    text += fmt::format(
        ", on the training and then on the test inputs {} numbers of sparsity and {} of "
        "selectivity, each of all layers (and again of the untrained network at the end)",
        shape.sparsity_numbers, model::selectivity_numbers);
  if (shape.keeps_outputs())
    text += fmt::format(", {} outputs of each of {} inputs in turn", shape.outputs, shape.points);
  if (shape.has_persistence)
    text += "; at the end T1, T2 and the mean |correlation| of the untrained network";
  return text;
}

}  // namespace

TrainingShape shape_of(const PreparedTraining& study) {
  const auto& data = *study.loaded->data;
  return {study.record,
          static_cast<Eigen::Index>(study.loaded->training_points),
          data.points(),
          data.outputs(),
          static_cast<Eigen::Index>(study.experiment.network().depth()),
          /*has_activity=*/true,
          !data.validation.empty(),
          study.experiment.compare().persistence};
}

TaskTable trained_table(const model::Experiment& experiment, const TrainingShape& shape) {
  TaskTable table{.schema = schema_of(shape),
                  .path = "/networks",
                  .description = numbers_in_words(shape),
                  .units = "outputs in units of the targets; other numbers without a unit",
                  .task = "network",
                  .name_columns = {"width", "replicate"},
                  .result_columns = {},
                  .more_columns = numbers_of_network(shape),
                  .names = {}};
  for (const auto& task : network_tasks(experiment))
    table.names.push_back({static_cast<double>(task.width), static_cast<double>(task.replicate)});
  return table;
}

TaskResult to_numbers(const model::TrainedNetwork& network, const TrainingShape& shape) {
  TaskResult numbers(numbers_of_network(shape));
  StateRow row(numbers.data());
  for (const auto& state : network) put(state, shape, row);
  put(network.front().untrained, shape, row);
  if (shape.has_persistence)
    for (const auto& [name, number] : model::persistence_numbers)
      row.put(network.front().persistence.*number);
  return numbers;
}

model::TrainingMeasurement measurement_of(const model::Experiment& experiment,
                                          const TrainingShape& shape, const TaskState& state) {
  model::TrainingMeasurement measurement{
      shape.steps, shape.training_points, shape.points, shape.outputs, {}};
  auto result = state.begin();
  for (const auto width : experiment.simulation().widths) {
    model::TrainedWidth at{width, {}};
    for (std::int64_t network = 0; network < experiment.simulation().replicates;
         ++network, ++result) {
      auto numbers = result->value();
      StateRow row(numbers.data());
      model::TrainedNetwork states;
      for (std::size_t step = 0; step < shape.steps.size(); ++step)
        states.push_back(taken(shape, row));
      states.front().untrained = taken_activity(shape, row);
      if (shape.has_persistence)
        for (const auto& [name, number] : model::persistence_numbers)
          states.front().persistence.*number = row.take();
      at.networks.push_back(std::move(states));
    }
    measurement.widths.push_back(std::move(at));
  }
  return measurement;
}

}  // namespace wideproof::app
