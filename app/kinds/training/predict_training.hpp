// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/study/study_prediction.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// The verb predict. Throws model::InputError.
int print_training(const model::Experiment& experiment, const RunOptions& options);

StudyPrediction predicted_training(const model::Experiment& experiment);

}  // namespace wideproof::app
