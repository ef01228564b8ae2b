// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/study/shared_data.hpp>
#include <wideproof/app/study/study_prediction.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// The verb predict: tangent kernels by layer and of the output, and the critical step size of
/// gradient descent on the inputs.
int print_tangent(const model::Experiment& experiment, const RunOptions& options);

/// The same as a point of a sweep.
StudyPrediction predicted_tangent(const model::Experiment& experiment);

/// The numbers of that point; none of more than a hundred inputs, which would take long, and where
/// the experiment compares another prediction than the theory's.
std::vector<compare::SweepNumber> predicted_numbers_of_tangent(const model::Experiment& experiment,
                                                               SharedData& shared);

}  // namespace wideproof::app
