// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// The verb power: the experiment against wrong formulas. Throws model::InputError where nothing is
/// predicted, and of inputs from a file, whose prediction is no formula of the synapses.
int power_of_dimension(const model::Experiment& experiment, const RunOptions& options);

}  // namespace wideproof::app
