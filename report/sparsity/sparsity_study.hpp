// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

#include <wideproof/compare/sparsity/sparsity_assessment.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>

namespace wideproof::report {

/// What is shown of sparsity. It refers to what it was made from.
struct SparsityStudy {
  const model::SparsityPrediction& prediction;  ///< without layers where nothing is predicted
  const compare::SparsityAssessment& assessment;

  /// What is predicted of a layer, from 1; nullptr where nothing is.
  const model::WideNumber* predicted(std::int64_t layer, model::SparsityNumber number) const;
  bool is_measured() const { return !assessment.means.empty(); }
};

/// The numbers that are set beside a prediction.
inline constexpr std::array predicted_sparsity_numbers = {model::SparsityNumber::hoyer,
                                                          model::SparsityNumber::treves_rolls,
                                                          model::SparsityNumber::lifetime};

/// Those, and the others whose standard errors are told.
inline constexpr std::array shown_with_errors = {
    model::SparsityNumber::hoyer, model::SparsityNumber::unit_hoyer,
    model::SparsityNumber::treves_rolls, model::SparsityNumber::lifetime};

}  // namespace wideproof::report
