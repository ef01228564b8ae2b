// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/experiment.hpp>
#include <wideproof/report/sweep/sweep_words.hpp>

namespace wideproof::report {

/// For the page of a sweep of studies of generalization; `first` is the first point's experiment.
SweepWords generalization_sweep_words(const model::Experiment& first);

}  // namespace wideproof::report
