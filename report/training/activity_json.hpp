// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/report/json/json_values.hpp>
#include <wideproof/report/training/activity_study.hpp>

namespace wideproof::report {

/// Of summary.json: `sparsity` and `selectivity` on the inputs that train, for each width, layer
/// and recorded step; `test_sparsity` and `test_selectivity`; `untrained_sparsity` beside what
/// infinite width predicts; `selectivity_missing`. Null where neurons were not seen.
Json activity_json(const ActivityStudy& study);

}  // namespace wideproof::report
