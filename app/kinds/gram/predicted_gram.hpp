// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/app/folders/run_folder.hpp>
#include <wideproof/app/kinds/gram/prepared_gram.hpp>
#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/study/shared_data.hpp>
#include <wideproof/app/study/study_prediction.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// results.h5 and summary.json of a study without any measurement: theory and prediction.
void write_prediction(const RunFolder& folder, const PreparedGram& study);

/// Theory's numbers of the last layer, the width that one network needs to follow it (`within` and
/// `confidence` are the options'), and the lines that it draws.
StudyPrediction predicted_gram(const model::Experiment& experiment, const RunOptions& options);

/// The first of these, and with `options` the width where there are few inputs; none of more than a
/// hundred inputs, which would take long, and where the experiment compares another prediction than
/// the theory's.
std::vector<compare::SweepNumber> predicted_numbers_of_gram(const model::Experiment& experiment,
                                                            SharedData& shared,
                                                            const RunOptions* options);

}  // namespace wideproof::app
