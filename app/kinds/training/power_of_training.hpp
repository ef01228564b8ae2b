// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// The verb power: the experiment against wrong kernels. Throws model::InputError where no law of
/// trained outputs is derived.
int power_of_training(const model::Experiment& experiment, const RunOptions& options);

}  // namespace wideproof::app
