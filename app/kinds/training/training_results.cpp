// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/training_results.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/files/sparsity_archive.hpp>
#include <wideproof/app/study/network_tasks.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

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

constexpr const char* group = "/reference";

std::string path_to(const std::string& name) {
  return std::string(group) + "/" + name;
}

Eigen::MatrixXd column_of(const auto& numbers) {
  Eigen::MatrixXd column(static_cast<Eigen::Index>(numbers.size()), 1);
  Eigen::Index row = 0;
  for (const auto number : numbers) column(row++, 0) = static_cast<double>(number);
  return column;
}

template <class Number>
std::vector<Number> numbers_from(const Eigen::MatrixXd& column) {
  std::vector<Number> numbers;
  for (Eigen::Index row = 0; row < column.rows(); ++row)
    numbers.push_back(static_cast<Number>(column(row, 0)));
  return numbers;
}

void write_laws(Hdf5Writer& file, const std::string& name,
                const std::vector<model::TrainedLaw>& laws) {
  if (laws.empty()) return;
  std::vector<Eigen::MatrixXd> means, covariances;
  for (const auto& law : laws) {
    means.push_back(law.mean);
    covariances.push_back(law.covariance);
  }
  file.stack(path_to(name + "_mean"), means,
             "mean of infinitely wide networks' outputs: recorded steps x outputs x inputs",
             "units of the targets");
  file.stack(path_to(name + "_covariance"), covariances,
             "covariance over networks of each output: recorded steps x inputs x inputs",
             "squared units of the targets");
}

std::vector<Eigen::MatrixXd> read_stack(const Hdf5Reader& file, const std::string& path) {
  const auto shape = file.shape(path);
  const auto numbers = file.numbers(path);
  std::vector<Eigen::MatrixXd> matrices;
  if (shape.size() != 3) return matrices;
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  for (std::int64_t i = 0; i < shape[0]; ++i)
    matrices.emplace_back(
        RowMajor::Map(numbers.data() + i * shape[1] * shape[2], shape[1], shape[2]));
  return matrices;
}

std::vector<model::TrainedLaw> read_laws(const Hdf5Reader& file, const std::string& name,
                                         std::size_t steps) {
  std::vector<model::TrainedLaw> laws;
  if (!file.holds(path_to(name + "_mean"))) return laws;
  auto means = read_stack(file, path_to(name + "_mean"));
  auto covariances = read_stack(file, path_to(name + "_covariance"));
  if (means.size() != steps || covariances.size() != steps) return laws;
  for (std::size_t i = 0; i < steps; ++i)
    laws.push_back({std::move(means[i]), std::move(covariances[i])});
  return laws;
}

void write_regression(Hdf5Writer& file, const std::string& name, const Eigen::MatrixXd& outputs) {
  if (outputs.size() == 0) return;
  file.matrix(path_to(name), outputs, "outputs of the regression to its end: outputs x inputs",
              "units of the targets");
}

Eigen::MatrixXd read_regression(const Hdf5Reader& file, const std::string& name) {
  return file.holds(path_to(name)) ? file.matrix(path_to(name)) : Eigen::MatrixXd();
}

void write_rows(Hdf5Writer& file, const std::string& name, const std::vector<Eigen::Index>& rows,
                std::string_view description) {
  if (!rows.empty()) file.matrix(path_to(name), column_of(rows), description, "none");
}

std::vector<Eigen::Index> read_rows(const Hdf5Reader& file, const std::string& name) {
  if (!file.holds(path_to(name))) return {};
  return numbers_from<Eigen::Index>(file.matrix(path_to(name)));
}

constexpr std::array persistence_parts = {
    &model::WidthPersistence::predicted, &model::WidthPersistence::error,
    &model::WidthPersistence::independent, &model::WidthPersistence::scale};
constexpr std::array persistence_counts = {
    &model::WidthPersistence::width, &model::WidthPersistence::neurons,
    &model::WidthPersistence::samples, &model::WidthPersistence::draws};

Eigen::MatrixXd matrix_of(const model::PersistenceByWidth& persistence) {
  Eigen::MatrixXd matrix(
      static_cast<Eigen::Index>(persistence.size()),
      static_cast<Eigen::Index>(persistence_counts.size() +
                                persistence_parts.size() * model::persistence_numbers.size()));
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    const auto& at = persistence[static_cast<std::size_t>(row)];
    Eigen::Index column = 0;
    for (const auto count : persistence_counts)
      matrix(row, column++) = static_cast<double>(at.*count);
    for (const auto part : persistence_parts)
      for (const auto& [name, number] : model::persistence_numbers)
        matrix(row, column++) = at.*part.*number;
  }
  return matrix;
}

model::PersistenceByWidth persistence_from(const Eigen::MatrixXd& matrix) {
  model::PersistenceByWidth persistence(static_cast<std::size_t>(matrix.rows()));
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    auto& at = persistence[static_cast<std::size_t>(row)];
    Eigen::Index column = 0;
    for (const auto count : persistence_counts)
      at.*count = static_cast<std::int64_t>(matrix(row, column++));
    for (const auto part : persistence_parts)
      for (const auto& [name, number] : model::persistence_numbers)
        at.*part.*number = matrix(row, column++);
  }
  return persistence;
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

TrainingReference read_reference(const Hdf5Reader& file) {
  TrainingReference reference;
  auto& shape = reference.shape;
  shape.steps = numbers_from<std::int64_t>(file.matrix(path_to("steps")));
  shape.training_points = file.integer(group, "training_points");
  auto& data = reference.data;
  data.targets = file.matrix(path_to("targets"));
  data.are_classes = file.integer(group, "are_classes") != 0;
  data.training = read_rows(file, "training");
  data.validation = read_rows(file, "validation");
  data.test = read_rows(file, "test");
  shape.points = data.targets.rows();
  shape.outputs = data.targets.cols();
  shape.depth = file.integer(group, "depth");
  shape.has_activity =
      file.holds_attribute(group, "has_activity") && file.integer(group, "has_activity") != 0;
  if (shape.has_activity) shape.sparsity_numbers = read_sparsity_numbers(file, group);
  shape.has_validation =
      file.holds_attribute(group, "has_validation") && file.integer(group, "has_validation") != 0;
  shape.has_persistence = file.holds(path_to("persistence"));
  if (shape.has_persistence)
    reference.persistence = persistence_from(file.matrix(path_to("persistence")));
  reference.not_predicted = file.text(group, "not_predicted");
  reference.predicted_sparsity = read_predicted_sparsity(file, group);
  auto& prediction = reference.prediction;
  prediction.descent = read_laws(file, "descent", shape.steps.size());
  prediction.flow = read_laws(file, "flow", shape.steps.size());
  prediction.kernel_regression = read_regression(file, "kernel_regression");
  prediction.tangent_regression = read_regression(file, "tangent_regression");
  prediction.critical_step_size = file.number(group, "critical_step_size");
  prediction.readout_variance = file.number(group, "readout_variance");
  return reference;
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

TrainingReference reference_of(const PreparedTraining& study) {
  const auto& data = *study.loaded->data;
  TrainingReference reference{shape_of(study),     study.prediction,         data,
                              study.not_predicted, study.predicted_sparsity, study.persistence};
  reference.data.inputs.resize(0, 0);
  return reference;
}

void write_reference(Hdf5Writer& file, const TrainingReference& reference) {
  const auto& shape = reference.shape;
  const auto& prediction = reference.prediction;
  file.matrix(path_to("steps"), column_of(shape.steps), "recorded steps", "steps");
  const auto& data = reference.data;
  write_rows(file, "training", data.training, "rows of the inputs that train, from 0");
  write_rows(file, "validation", data.validation, "rows of those that tell when to stop");
  write_rows(file, "test", data.test, "rows of those for tests");
  file.matrix(path_to("targets"), data.targets, "targets: inputs x outputs",
              "units of the targets");
  file.attribute(group, "are_classes", std::int64_t{data.are_classes});
  file.attribute(group, "training_points", static_cast<std::int64_t>(shape.training_points));
  file.attribute(group, "depth", static_cast<std::int64_t>(shape.depth));
  file.attribute(group, "not_predicted", reference.not_predicted);
  file.attribute(group, "has_activity", std::int64_t{shape.has_activity});
  if (shape.has_activity) write_sparsity_numbers(file, group);
  file.attribute(group, "has_validation", std::int64_t{shape.has_validation});
  if (shape.has_persistence)
    file.matrix(path_to("persistence"), matrix_of(reference.persistence),
                "by width: width, neurons, samples, draws, and predicted, its standard error, "
                "that of independent neurons and the scale of margins, each T1, T2 and the mean "
                "|correlation|",
                "none");
  file.attribute(group, "critical_step_size", prediction.critical_step_size);
  file.attribute(group, "readout_variance", prediction.readout_variance);
  write_predicted_sparsity(file, group, reference.predicted_sparsity);
  write_laws(file, "descent", prediction.descent);
  write_laws(file, "flow", prediction.flow);
  write_regression(file, "kernel_regression", prediction.kernel_regression);
  write_regression(file, "tangent_regression", prediction.tangent_regression);
}

TrainingResults read_training_results(const std::string& path,
                                      const model::Experiment& experiment) {
  TrainingResults results;
  {
    const Hdf5Reader file("results", path);
    results.reference = read_reference(file);
  }
  const auto& shape = results.reference.shape;
  if (shape.depth != experiment.network().depth() || shape.steps.empty())
    throw model::InputError("results", model::in_quotes(path),
                            "is damaged: its reference does not fit the experiment");
  results.measurement =
      measurement_of(experiment, shape, read_task_results(path, trained_table(experiment, shape)));
  return results;
}

}  // namespace wideproof::app
