// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <wideproof/compare/sparsity/activity_limits.hpp>
#include <wideproof/compare/sparsity/sparsity_means.hpp>
#include <wideproof/model/sparsity/selectivity_numbers.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>

namespace wideproof::compare {

/// Indices of selectivity over networks, in the order of model::selectivity_names.
using SelectivityMeans = std::array<SparsityMean, model::selectivity_names.size()>;

/// How one layer of networks of one width tells classes apart.
struct LayerSelectivityMeans {
  std::int64_t width = 0;
  std::int64_t layer = 0;     ///< from 1
  std::int64_t networks = 0;  ///< sampled
  SelectivityMeans own = {};
  SelectivityMeans null = {};  ///< of classes dealt out at random
};

/// By width, then layer.
std::vector<LayerSelectivityMeans> selectivity_means(const model::SelectivitySeries& series);

/// Whether any of them is a number.
bool has_selectivity(const SelectivityMeans& means);

/// What is predicted of a number; nullopt where nothing is.
std::optional<model::DrawnNumber> predicted_selectivity(const model::LayerSparsity& layer,
                                                        model::SelectivityNumber number);

/// What is concluded from a prediction of selectivity and networks that show theirs. Judged is
/// eta_squared alone, whose prediction has no error.
struct SelectivityAssessment : ActivityFindings {
  std::vector<LayerSelectivityMeans> means;  ///< by width, then layer
  std::vector<ActivityLimit> numbers;        ///< that are judged; empty where none is

  /// Of eta_squared; nullptr where there is none.
  const LimitEstimate<>* estimate(std::int64_t layer) const;
};

/// find_activity() of eta_squared, whose margin is relative to the prediction: claims
/// selectivity-limit, -numbers, -equivalence and -fluctuation.
SelectivityAssessment assess_selectivity(const model::SparsityPrediction& prediction,
                                         const model::SelectivitySeries& series,
                                         const LimitOptions& options, bool makes_claims);

}  // namespace wideproof::compare
