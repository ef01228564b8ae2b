// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// The verb power: how often the theory's tangent kernels and those of wrong formulas are rejected.
int power_of_tangent(const model::Experiment& experiment, const RunOptions& options);

}  // namespace wideproof::app
