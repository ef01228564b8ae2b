// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/sparsity/selectivity_assessment.hpp>
#include <wideproof/report/json/json_values.hpp>
#include <wideproof/report/sparsity/selectivity_study.hpp>

namespace wideproof::report {

/// {"ccmas": {"mean": …, "standard_error": …}, …}
Json indices_json(const compare::SelectivityMeans& means);

/// `selectivity` of summary.json: an object for each width and layer; null where none was measured.
/// `untrained` is what the networks show, as they are not trained.
Json selectivity_json(const SelectivityStudy& study);

/// `prediction[].selectivity`: null where nothing is predicted.
Json predicted_selectivity_json(const model::SparsityPrediction& prediction, std::int64_t layer);

}  // namespace wideproof::report
