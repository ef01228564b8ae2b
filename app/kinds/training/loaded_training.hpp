// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/training/training_data.hpp>

namespace wideproof::app {

/// What a study of training reads: inputs that train, those that do not, and their targets.
struct LoadedTraining {
  /// Throws model::InputError.
  explicit LoadedTraining(const model::Experiment& experiment);

  model::ReadLog log;
  std::string source;                ///< of the inputs that train
  std::int64_t training_points = 0;  ///< validation among them
  std::optional<model::Inputs> all;  ///< those that train, then the others
  std::shared_ptr<const model::TrainingData> data;
};

/// The targets' and the inputs' text: equal ones load the same.
std::string training_part(const model::Experiment& experiment);

}  // namespace wideproof::app
