// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/training_results.hpp>

#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/sparsity_archive.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

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
