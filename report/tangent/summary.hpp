// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/gram/results.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/report/json/json_values.hpp>

namespace wideproof::report {

/// What summary.json says of a study of kind "tangent", whose results stand in the order of
/// model::TangentStack. `assessment` may be null: a prediction alone.
Json tangent_summary(const model::Experiment& experiment, const compare::GramResults& results,
                     const compare::Assessment* assessment);

}  // namespace wideproof::report
