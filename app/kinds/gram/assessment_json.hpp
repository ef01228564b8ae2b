// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/app/study/json_values.hpp>
#include <wideproof/app/study/matrices_in_json.hpp>
#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::app {

// The parts of summary.json that say what was concluded.

Json extrapolation_json(const compare::Assessment& assessment, const MatricesInJson& matrices);
Json convergence_json(const compare::Assessment& assessment);
Json claims_json(const std::vector<compare::Claim>& claims);

/// lim n·Var of each class of entries beside its prediction, with 95% intervals.
Json fluctuation_json(const compare::Assessment& assessment);
Json heavy_tails_json(const compare::Assessment& assessment);

/// By how much control variates have divided the variance, and so the replicates that a standard
/// error takes: its mean over the entries, in logarithms, and its least. null without any.
Json variance_reduction_json(const model::LayerMeasurement& measured);

}  // namespace wideproof::app
