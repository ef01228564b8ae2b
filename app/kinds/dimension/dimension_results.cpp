// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/dimension_results.hpp>

#include <utility>

#include <fmt/format.h>

#include <wideproof/model/dimension/dimension_spec.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

std::string dimensionality_name(std::size_t layer) {
  return fmt::format("predicted_dimensionality_{}", layer + 1);
}

std::string strength_name(std::size_t layer) {
  return fmt::format("predicted_correlation_strength_{}", layer + 1);
}

std::string variance_name(std::size_t layer) {
  return fmt::format("predicted_variance_{}", layer + 1);
}

constexpr const char* fixed_eta = "fixed_point_eta";
constexpr const char* fixed_variance = "fixed_point_variance";
constexpr const char* fixed_dimensionality = "fixed_point_dimensionality";

std::vector<std::pair<std::string, double>> numbers_of(
    const model::DimensionPrediction& prediction) {
  std::vector<std::pair<std::string, double>> numbers;
  for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
    numbers.emplace_back(dimensionality_name(l), prediction.layers[l].dimensionality);
    numbers.emplace_back(strength_name(l), prediction.layers[l].correlation_strength);
    numbers.emplace_back(variance_name(l), prediction.layers[l].variance);
  }
  if (const auto& point = prediction.fixed_point) {
    numbers.emplace_back(fixed_eta, point->eta);
    if (point->variance) numbers.emplace_back(fixed_variance, *point->variance);
    if (point->dimensionality) numbers.emplace_back(fixed_dimensionality, *point->dimensionality);
  }
  return numbers;
}

std::optional<double> number_if_held(const Hdf5Reader& file, const std::string& name) {
  if (!file.holds_attribute("/", name)) return std::nullopt;
  return file.number("/", name);
}

std::optional<model::DimensionPrediction> read_prediction(const Hdf5Reader& file,
                                                          std::int64_t depth) {
  if (!file.holds_attribute("/", dimensionality_name(0))) return std::nullopt;
  model::DimensionPrediction prediction;
  for (std::size_t l = 0; l < static_cast<std::size_t>(depth); ++l)
    prediction.layers.push_back({file.number("/", dimensionality_name(l)),
                                 file.number("/", strength_name(l)),
                                 file.number("/", variance_name(l))});
  if (const auto eta = number_if_held(file, fixed_eta)) {
    prediction.fixed_point = {.variance = number_if_held(file, fixed_variance),
                              .eta = *eta,
                              .dimensionality = number_if_held(file, fixed_dimensionality)};
  }
  return prediction;
}

constexpr const char* spectrum_group = "/spectra";
constexpr const char* spectrum_layers = "/spectra/layers";
constexpr const char* spectrum_eigenvalues = "/spectra/eigenvalues";
constexpr Eigen::Index spectrum_columns = 4;

std::vector<model::LayerSpectrum> read_spectra(const Hdf5Reader& file, const std::string& path) {
  std::vector<model::LayerSpectrum> spectra;
  if (!file.holds(spectrum_group)) return spectra;
  const auto layers = file.matrix(spectrum_layers);
  const auto eigenvalues = file.matrix(spectrum_eigenvalues);
  if (layers.cols() != spectrum_columns || layers.rows() != eigenvalues.rows())
    throw model::InputError("results", model::in_quotes(path), "is damaged: its spectra");
  for (Eigen::Index row = 0; row < layers.rows(); ++row)
    spectra.push_back({.width = static_cast<std::int64_t>(layers(row, 1)),
                       .layer = static_cast<std::int64_t>(layers(row, 0)),
                       .samples = static_cast<std::int64_t>(layers(row, 2)),
                       .participation_ratio = layers(row, 3),
                       .eigenvalues = eigenvalues.row(row)});
  return spectra;
}

}  // namespace

TaskTable network_table(const model::Experiment& experiment,
                        const std::optional<model::DimensionPrediction>& prediction) {
  TaskTable table{.schema = "wideproof.dimension/1",
                  .path = "/networks",
                  .description = "a row for each network",
                  .units =
                      "numbers without a unit; the correlation strength is in squared units "
                      "of the activations",
                  .task = "network",
                  .name_columns = {"width", "replicate"},
                  .result_columns = {},
                  .names = {}};
  if (prediction) table.numbers = numbers_of(*prediction);
  const auto depth = experiment.network().depth();
  const bool is_data = model::dimension_of(experiment).ensemble.is_data();
  for (std::int64_t layer = 1; layer <= depth; ++layer)
    table.result_columns.push_back(fmt::format("inverse_dimensionality_{}", layer));
  for (std::int64_t layer = 1; layer <= depth && !is_data; ++layer)
    table.result_columns.push_back(fmt::format("correlation_strength_{}", layer));
  for (const auto& task : network_tasks(experiment))
    table.names.push_back({static_cast<double>(task.width), static_cast<double>(task.replicate)});
  return table;
}

model::DimensionMeasurement measurement_of(const model::Experiment& experiment,
                                           const TaskState& state) {
  const auto& simulation = experiment.simulation();
  const auto depth = static_cast<Eigen::Index>(experiment.network().depth());
  model::DimensionMeasurement measurement;
  auto result = state.begin();
  for (const auto width : simulation.widths) {
    const auto columns = static_cast<Eigen::Index>(result->value().size());
    Eigen::MatrixXd numbers(simulation.replicates, columns);
    for (Eigen::Index network = 0; network < numbers.rows(); ++network, ++result)
      numbers.row(network) = Eigen::RowVectorXd::Map(result->value().data(), columns);
    measurement.push_back({width, numbers.leftCols(depth), numbers.rightCols(columns - depth)});
  }
  return measurement;
}

void write_spectra(Hdf5Writer& file, const std::vector<model::LayerSpectrum>& spectra) {
  if (spectra.empty()) return;
  const auto rows = static_cast<Eigen::Index>(spectra.size());
  Eigen::MatrixXd layers(rows, spectrum_columns);
  Eigen::MatrixXd eigenvalues(rows, spectra.front().eigenvalues.size());
  Eigen::Index row = 0;
  for (const auto& spectrum : spectra) {
    layers.row(row) << static_cast<double>(spectrum.layer), static_cast<double>(spectrum.width),
        static_cast<double>(spectrum.samples), spectrum.participation_ratio;
    eigenvalues.row(row++) = spectrum.eigenvalues;
  }
  file.matrix(spectrum_layers, layers,
              "a row for each spectrum of network 0; columns: layer, width, inputs that its "
              "covariance is of, participation ratio N D",
              "numbers without a unit");
  file.matrix(spectrum_eigenvalues, eigenvalues,
              "the eigenvalues of these covariances, falling; the others are 0",
              "squared units of the activations");
}

DimensionResults read_dimensions(const std::string& file, const model::Experiment& experiment) {
  const auto table = network_table(experiment, std::nullopt);
  auto measurement = measurement_of(experiment, read_task_results(file, table));
  const Hdf5Reader reader("results", file);
  return {read_prediction(reader, experiment.network().depth()), std::move(measurement),
          read_spectra(reader, file)};
}

}  // namespace wideproof::app
