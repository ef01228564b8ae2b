// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/app/kinds/training/training_results.hpp>
#include <wideproof/compare/training/sweep_numbers.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/report/json/common_parts.hpp>

namespace wideproof::app {

/// What was trained, on what and how: a few lines.
std::vector<std::string> training_in_words(const model::Experiment& experiment,
                                           const report::InputSummary& inputs,
                                           const TrainingReference& reference);

/// What a reader should know of a run that its numbers do not tell: lines.
std::vector<std::string> notes_on(const TrainingReference& reference);

/// Which numbers its networks have.
compare::TrainedSweepParts sweep_parts(const model::Experiment& experiment,
                                       const model::TrainingData& data);

}  // namespace wideproof::app
