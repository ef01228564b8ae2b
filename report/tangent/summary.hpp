// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/gram/results.hpp>
#include <wideproof/compare/tangent/diagonal_mean.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/report/json/json_values.hpp>

namespace wideproof::report {

/// What summary.json says of a study of kind "tangent", whose results stand in the order of
/// model::TangentStack. `assessment` may be null: a prediction alone. `diagonals`: those without a
/// limit.
Json tangent_summary(const model::Experiment& experiment, const compare::GramResults& results,
                     const compare::Assessment* assessment,
                     const std::vector<compare::DiagonalMean>& diagonals = {});

/// The same diagonals for the terminal: lines, empty where there are none.
std::string diagonals_text(const std::vector<compare::DiagonalMean>& diagonals);

}  // namespace wideproof::report
