// SPDX-License-Identifier: MIT
#include <wideproof/app/prepared_study.hpp>

#include <utility>

#include <wideproof/app/experiment_file.hpp>
#include <wideproof/app/experiment_template.hpp>
#include <wideproof/app/user_prediction.hpp>
#include <wideproof/theory/layer_recursion.hpp>

namespace wideproof::app {

PreparedStudy prepare(const Command& command) {
  auto experiment =
      command.file ? read_experiment(*command.file, command.settings)
                   : parse_experiment(experiment_template("gram"), "built-in", command.settings);
  auto inputs = model::load_inputs(experiment.inputs());
  auto theory = theory::predict(experiment.network(), inputs.cosines());
  const auto& source = experiment.compare().prediction;
  auto prediction = source == "theory" ? compare::predicted_layers(theory)
                                       : read_user_prediction(source, experiment.network().depth(),
                                                              inputs.count());
  return {std::move(experiment), std::move(inputs), std::move(theory), std::move(prediction)};
}

}  // namespace wideproof::app
