// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/limits/limit_findings.hpp>
#include <wideproof/compare/limits/limit_number.hpp>
#include <wideproof/compare/sparsity/sparsity_means.hpp>
#include <wideproof/compare/widths/open_claim.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>

namespace wideproof::compare {

/// One of Hoyer's, Treves and Rolls' and the lifetime sparseness of one layer.
struct SparsityLimit : LimitNumber {
  model::SparsityNumber number = model::SparsityNumber::hoyer;
  std::int64_t layer = 1;
};

/// What is concluded from a prediction of sparsity and networks that show theirs.
struct SparsityAssessment {
  std::vector<LayerSparsityMeans> means;  ///< by width, then layer
  std::vector<SparsityLimit> numbers;     ///< that are judged; empty where none is
  /// Of `numbers`, in their order; empty where they could not be fitted.
  std::vector<LimitEstimate<>> estimates;
  bool are_limits = false;        ///< estimates are limits n → ∞, not means at the only width
  std::vector<OpenClaim> claims;  ///< that a family is to judge; empty unless they are asked for
  /// Why the claims cannot agree, a sentence; else empty, and always so where none were asked for.
  std::string shortfall;

  const LimitEstimate<>* estimate(model::SparsityNumber number, std::int64_t layer) const;
};

/// What is predicted of a number; nullptr where nothing is.
const model::WideNumber* predicted_sparsity(const model::LayerSparsity& layer,
                                            model::SparsityNumber number);

/// Fits limits L + b/n (+ c/n²) to the means over networks and, if `makes_claims`, says what can be
/// claimed:
///
///   sparsity-limit        hoyer and lifetime of all layers, jointly (see open_limit_claims())
///   sparsity-numbers      every number by itself, Bonferroni
///   sparsity-equivalence  every limit lies within the margin of its prediction, relative to it
///   sparsity-fluctuation  n·Var over networks of the same numbers tends to its prediction, where
///                         there is one: blocks of four networks, an unbiased variance each
///
/// treves_rolls stays out of the joint tests: for single inputs it is (1 − hoyer)². Networks in
/// which no input activates a neuron have no number; where there are any nothing is convicted.
/// With one width there is the equivalence of its means alone.
SparsityAssessment assess_sparsity(const model::SparsityPrediction& prediction,
                                   const model::SparsitySeries& series, const LimitOptions& options,
                                   bool makes_claims);

}  // namespace wideproof::compare
