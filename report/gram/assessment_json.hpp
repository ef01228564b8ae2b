// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/model/measurement.hpp>
#include <wideproof/report/json/json_values.hpp>
#include <wideproof/report/json/matrices_in_json.hpp>

namespace wideproof::report {

// The parts of summary.json that say what was concluded.

Json extrapolation_json(const compare::Assessment& assessment, const MatricesInJson& matrices);
Json convergence_json(const compare::Assessment& assessment);

/// lim n·Var of each class of entries beside its prediction, with 95% intervals.
Json fluctuation_json(const compare::Assessment& assessment);
Json heavy_tails_json(const compare::Assessment& assessment);

/// By how much control variates have divided the variance, and so the replicates that a standard
/// error takes: its mean over the entries, in logarithms, and its least. null without any.
Json variance_reduction_json(const model::LayerMeasurement& measured);

}  // namespace wideproof::report
