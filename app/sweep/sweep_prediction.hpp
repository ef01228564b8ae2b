// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>

namespace wideproof::app {

/// The verb predict of a sweep: theory at every point, several at a time, as a table in the
/// terminal. Where --out names a folder it is that of a sweep: the resolved sweep as
/// experiment.toml, sweep.csv, summary.json, figures, and what predict writes of each point in
/// points/01 and so on, so that `validate --resume` can go on with it. It is made once all points
/// are predicted. Returns the exit status: 0, or 130 where a signal ended it. Throws
/// model::InputError, naming the point, for what a point refuses.
int predict_sweep(const SweepSpec& sweep, const RunOptions& options);

}  // namespace wideproof::app
