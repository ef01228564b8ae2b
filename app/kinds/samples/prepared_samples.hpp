// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/app/kinds/samples/sample_set.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/entry_classes.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::app {

/// Samples whose files are there and fit what they are set beside.
struct PreparedSamples {
  model::Experiment experiment;
  SampleSet samples;
  /// What samples.experiment predicts; of a file of matrices, these alone, and of other samples
  /// nothing.
  model::Prediction theory;
  std::vector<compare::PredictedLayer> prediction;  ///< empty of other samples
  /// By the inputs' cosines where these are known, else by the first layer's predicted
  /// correlations, which tell inputs apart as well; of other samples none before they are read.
  model::EntryClasses classes;
  model::ReadLog log;
  report::InputSummary inputs;
  std::optional<SampleSet> against = {};  ///< other samples that they are set beside
};

/// What matrices say, as a prediction of the theory's that says no more.
model::Prediction said_by(const std::vector<compare::PredictedLayer>& layers);

/// Of an experiment of kind "samples". Throws model::InputError.
PreparedSamples prepare_samples(const model::Experiment& experiment);

}  // namespace wideproof::app
