// SPDX-License-Identifier: MIT
#include <wideproof/app/regression_tasks.hpp>

namespace wideproof::app {

std::vector<RegressionTask> regression_tasks(const model::Experiment& experiment) {
  const auto& regression = experiment.regression();
  const auto& simulation = experiment.simulation();
  std::vector<RegressionTask> tasks;
  for (const auto points : regression.training_points) {
    for (std::int64_t draw = 0; draw < regression.draws; ++draw) {
      tasks.push_back({points, draw, 0, 0});
      for (const auto width : simulation.widths) {
        for (std::int64_t replicate = 0; replicate < simulation.replicates; ++replicate) {
          tasks.push_back({points, draw, width, replicate});
        }
      }
    }
  }
  return tasks;
}

}  // namespace wideproof::app
