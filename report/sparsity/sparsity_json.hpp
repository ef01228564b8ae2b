// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/report/json/json_values.hpp>
#include <wideproof/report/sparsity/sparsity_study.hpp>

namespace wideproof::report {

/// `sparsity` of summary.json: an object for each width and layer; null where none was measured.
Json sparsity_json(const SparsityStudy& study);

/// `prediction[].sparsity`: null where nothing is predicted.
Json predicted_sparsity_json(const model::SparsityPrediction& prediction, std::int64_t layer);

}  // namespace wideproof::report
