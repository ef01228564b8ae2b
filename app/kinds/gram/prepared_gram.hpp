// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/app/study/study_run.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/model/read_log.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>

namespace wideproof::app {

/// An experiment with its inputs loaded and its prediction made: all that can fail before the
/// first network is sampled has been done.
struct PreparedGram {
  model::Experiment experiment;
  model::Inputs inputs;
  model::Prediction theory;
  std::vector<compare::PredictedLayer> prediction;    ///< theory's, or user_prediction()
  model::ReadLog log;                                 ///< what its files were
  model::SparsityPrediction predicted_sparsity = {};  ///< the theory's
  /// Of the inputs; empty unless they are of two classes or more.
  std::vector<std::int64_t> labels = {};

  report::InputSummary input_summary() const {
    return {inputs.source(), inputs.count(), inputs.dimension()};
  }
};

/// Of an experiment of kind "gram". Throws model::InputError.
PreparedGram prepare_gram(const model::Experiment& experiment);

/// What every rank of a run must have prepared alike.
Prepared checksums(const PreparedGram& study);

}  // namespace wideproof::app
