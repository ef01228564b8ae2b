// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/sparsity/sparsity_assessment.hpp>
#include <wideproof/compare/training/activity_means.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>

namespace wideproof::report {

/// What is shown of the sparsity and selectivity of networks that train.
struct ActivityStudy {
  std::vector<compare::ActivityMeans> training = {};  ///< on the inputs that train
  std::vector<compare::ActivityMeans> test = {};
  model::SparsityPrediction prediction = {};   ///< of untrained networks; may have no layers
  compare::SparsityAssessment untrained = {};  ///< on the inputs that train
  std::string no_selectivity = {};             ///< why indices are missing, a sentence; else empty
};

}  // namespace wideproof::report
