// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/dimension_results.hpp>

#include <fmt/format.h>

#include <wideproof/model/dimension/dimension_spec.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

std::vector<NetworkTask> network_tasks(const model::Experiment& experiment) {
  const auto& simulation = experiment.simulation();
  constexpr double most_tasks = 1e7;
  const double number =
      static_cast<double>(simulation.widths.size()) * static_cast<double>(simulation.replicates);
  if (number > most_tasks) {
    throw model::InputError(
        "simulation.replicates", simulation.replicates,
        fmt::format("makes {:.3g} networks with the widths; at most {:.0f} are taken", number,
                    most_tasks));
  }
  std::vector<NetworkTask> tasks;
  for (const auto width : simulation.widths)
    for (std::int64_t replicate = 0; replicate < simulation.replicates; ++replicate)
      tasks.push_back({width, replicate});
  return tasks;
}

TaskTable network_table(const model::Experiment& experiment) {
  TaskTable table{.schema = "wideproof.dimension/1",
                  .path = "/networks",
                  .description = "a row for each network",
                  .units = "numbers without a unit; the correlation strength is in squared units "
                           "of the activations",
                  .task = "network",
                  .name_columns = {"width", "replicate"},
                  .result_columns = {},
                  .names = {}};
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

model::DimensionMeasurement read_dimensions(const std::string& file,
                                            const model::Experiment& experiment) {
  return measurement_of(experiment, read_task_results(file, network_table(experiment)));
}

}  // namespace wideproof::app
