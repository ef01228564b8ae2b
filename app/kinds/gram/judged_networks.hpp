// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <wideproof/app/kinds/gram/judged_gram.hpp>
#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/gram/results.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::app {

using SharedResults = std::shared_ptr<const compare::GramResults>;

/// Whether what is predicted says something of norms.
bool predicts_norms(const model::Experiment& experiment);

/// Networks whose Gram matrices were judged, sampled here or elsewhere, and all that page, tables
/// and traces are made of.
struct JudgedNetworks {
  model::Experiment experiment;
  report::InputSummary inputs;
  SharedResults results;  ///< with the networks' norms
  compare::Assessment assessment;
  model::TheoryCurves curves = {};
  std::vector<std::string> sampled_elsewhere = {};  ///< see report::GramStudy
  SharedResults compared = {};  ///< results, or correlations alone; judged_study() sets it

  report::GramStudy study(const report::Provenance& made_by,
                          const std::vector<report::RunTable>& tables) const;
};

/// What is shown of them, but for headline, notes and traces. `shown` becomes what it refers to.
JudgedGram judged_study(JudgedNetworks networks, std::shared_ptr<const JudgedNetworks>* shown);

}  // namespace wideproof::app
