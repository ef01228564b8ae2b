// SPDX-License-Identifier: MIT
#include <wideproof/app/study/network_tasks.hpp>

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

}  // namespace wideproof::app
