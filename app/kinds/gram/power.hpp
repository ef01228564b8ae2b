// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// The verb power: runs the experiment with several seeds and tells how often its verdict rejects
/// the theory, and formulas that are wrong; writes power.csv to a folder where the options name
/// one. Returns the exit status, 130 for interrupted.
int power_of_gram(const model::Experiment& experiment, const RunOptions& options);

}  // namespace wideproof::app
