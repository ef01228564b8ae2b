// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// The verb predict: prints the theory's prediction, and how far the user's own is from it; writes
/// it to a run's folder where the options name one. Returns the exit status.
int predict_gram(const model::Experiment& experiment, const RunOptions& options);

}  // namespace wideproof::app
