// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/compare/sparsity/activity_limits.hpp>
#include <wideproof/compare/sparsity/sparsity_means.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>

namespace wideproof::compare {

/// One of Hoyer's, Treves and Rolls' and the lifetime sparseness of one layer.
struct SparsityLimit : ActivityLimit {
  model::SparsityNumber number = model::SparsityNumber::hoyer;
};

/// What is concluded from a prediction of sparsity and networks that show theirs.
struct SparsityAssessment : ActivityFindings {
  std::vector<LayerSparsityMeans> means;  ///< by width, then layer
  std::vector<SparsityLimit> numbers;     ///< that are judged; empty where none is

  const LimitEstimate<>* estimate(model::SparsityNumber number, std::int64_t layer) const;
};

/// What is predicted of a number; nullptr where nothing is.
const model::WideNumber* predicted_sparsity(const model::LayerSparsity& layer,
                                            model::SparsityNumber number);

/// find_activity() of hoyer, treves_rolls and lifetime, whose margin is relative to the prediction:
/// claims sparsity-limit, -numbers, -equivalence and -fluctuation. treves_rolls stays out of the
/// joint tests: for single inputs it is (1 − hoyer)². Networks in which no input activates a neuron
/// have no number.
SparsityAssessment assess_sparsity(const model::SparsityPrediction& prediction,
                                   const model::SparsitySeries& series, const LimitOptions& options,
                                   bool makes_claims);

}  // namespace wideproof::compare
