// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <wideproof/compare/sparsity/selectivity_assessment.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>

namespace wideproof::report {

/// What is shown of how networks tell classes apart. It refers to what it was made from.
struct SelectivityStudy {
  const model::SparsityPrediction& prediction;  ///< without layers where nothing is predicted
  const compare::SelectivityAssessment& assessment;
  std::string missing = {};  ///< why numbers are, a sentence; else empty

  bool is_measured() const { return !assessment.means.empty(); }
  /// What is predicted of a layer, from 1; nullopt where nothing is.
  std::optional<model::DrawnNumber> predicted(std::int64_t layer,
                                              model::SelectivityNumber number) const;
  /// n·Var of it; nullopt where it is not predicted.
  std::optional<double> predicted_variance(std::int64_t layer,
                                           model::SelectivityNumber number) const;
  /// Nullptr where there is none.
  const compare::LimitEstimate<>* limit(std::int64_t layer, model::SelectivityNumber number) const;
};

/// The same classes dealt out at random.
constexpr model::SelectivityNumber null_of(model::SelectivityNumber number) {
  return static_cast<model::SelectivityNumber>(static_cast<std::size_t>(number) +
                                               model::selectivity_names.size());
}

/// Why ccmas and class_selectivity are missing where neurons were seen on inputs with classes;
/// `has_any`: whether there is a number at all.
std::string why_no_indices(const model::Network& network, bool has_any);

/// Why selectivity is missing, or part of it, a sentence; else empty.
std::string why_no_selectivity(const model::Experiment& experiment,
                               const compare::SelectivityAssessment& assessment);

}  // namespace wideproof::report
