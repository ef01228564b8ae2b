// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/report/sweep/sweep_words.hpp>

namespace wideproof::report {

/// The claims that failed and what refuted them, "All 12 points agree: …", then what became of the
/// claims: a few sentences for a reader who knows no more. `first` is any of the points'
/// experiments.
std::string verdict_sentence(const compare::SweepResult& sweep,
                             const std::vector<compare::Claim>& claims,
                             const model::Experiment& first, const SweepWords& words);

}  // namespace wideproof::report
