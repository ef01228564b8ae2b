// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/gram/results.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/report/json/json_values.hpp>

namespace wideproof::report {

/// What summary.json says of a run of kind "gram" beside the parts that all kinds have: matrices as
/// lists of rows, layers counted from 1, null for a number that does not exist. Where there are too
/// many numbers for MatricesInJson, the key `matrices` says where in results.h5 they are.
/// `assessment` may be null (nothing was simulated).
Json gram_summary(const model::Experiment& experiment, const compare::GramResults& results,
                  const compare::Assessment* assessment);

}  // namespace wideproof::report
