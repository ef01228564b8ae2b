// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/regression_tasks.hpp>

#include <wideproof/model/generalization/generalization_spec.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

std::vector<RegressionTask> regression_tasks(const model::Experiment& experiment) {
  const auto& regression = model::generalization_of(experiment).regression;
  const auto& simulation = experiment.simulation();
  constexpr double most_tasks = 1e7;
  const double number = static_cast<double>(regression.training_points.size()) *
                        static_cast<double>(regression.draws) *
                        (1 + static_cast<double>(simulation.widths.size()) *
                                 static_cast<double>(simulation.replicates));
  if (number > most_tasks) {
    throw model::InputError("simulation.replicates", simulation.replicates,
                            fmt::format("makes {:.3g} regressions with the draws, training points "
                                        "and widths; at most {:.0f} are taken",
                                        number, most_tasks));
  }
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
