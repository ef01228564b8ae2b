// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/app/study/judged_study.hpp>
#include <wideproof/compare/sweep/sweep_quantity.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::coin {

/// The fraction of heads, as a sweep speaks of it.
compare::SharedQuantity heads_quantity();

/// What a study says whose series showed heads that often: Student's test of their mean against the
/// prediction, at compare.family_error; agreement where its interval at that level lies within
/// compare.equivalence_margin. The intervals shown are at 95%.
app::JudgedStudy judge_coin(const model::Experiment& experiment, const std::vector<double>& heads);

}  // namespace wideproof::coin
