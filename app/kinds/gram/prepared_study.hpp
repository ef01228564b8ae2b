// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/app/commands/command_line.hpp>
#include <wideproof/app/kinds/gram/summary.hpp>
#include <wideproof/app/ranks/ranks.hpp>
#include <wideproof/app/study/run_record.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::app {

/// An experiment with its inputs loaded and its prediction made: all that can fail before the
/// first network is sampled has been done.
struct PreparedStudy {
  model::Experiment experiment;
  model::Inputs inputs;
  model::Prediction theory;
  std::vector<compare::PredictedLayer> prediction;  ///< theory's, or the user's own
  model::ReadLog log;                               ///< what its files were

  InputSummary input_summary() const {
    return {inputs.source(), inputs.count(), inputs.dimension()};
  }
  /// Of a run of it.
  RunRecord record(const Provenance& made_by) const;
};

/// The experiment that the command names, or the built-in one.
model::Experiment experiment_of(const Command& command);

/// Throws model::InputError for an experiment of another kind than "gram".
PreparedStudy prepare(model::Experiment experiment);

/// What every rank of a run must have prepared alike.
Prepared checksums(const PreparedStudy& study);

}  // namespace wideproof::app
