// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/class_series.hpp>
#include <wideproof/model/measurement.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/model/sparsity/selectivity_numbers.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>

namespace wideproof::compare {

/// Everything numerical that a run of kind "gram" found: what results.h5 holds and a report is
/// written from.
struct GramResults {
  model::Prediction theory;                           ///< what infinite width predicts
  std::vector<PredictedLayer> prediction;             ///< what is compared: theory's, or the user's
  model::Measurement measurement;                     ///< empty when nothing was simulated
  model::ClassSeries series;                          ///< likewise
  model::SparsityPrediction predicted_sparsity = {};  ///< without layers where none was derived
  model::SparsitySeries sparsity = {};                ///< empty in runs of older versions
  model::SelectivitySeries selectivity = {};  ///< likewise; and without labels of two classes
  /// Other networks that these are set beside; empty where a prediction is.
  model::Measurement against = {};
  model::ClassSeries against_series = {};
  /// Relative, of the numbers of networks that were sampled elsewhere; 0 where an experiment tells.
  double rounding = 0.0;
};

}  // namespace wideproof::compare
