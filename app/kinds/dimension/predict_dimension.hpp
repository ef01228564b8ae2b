// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/study/study_prediction.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// The verb predict: prints what theory says, and with `--out` writes summary.json. Throws
/// model::InputError where theory says nothing.
int print_dimension(const model::Experiment& experiment, const RunOptions& options);

/// The same as a point of a sweep.
StudyPrediction predicted_dimension(const model::Experiment& experiment, const RunOptions& options);

}  // namespace wideproof::app
