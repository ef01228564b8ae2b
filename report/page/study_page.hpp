// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/page/run_table.hpp>

namespace wideproof::report {

/// What the page of a study is made of whose kind has no page of its own.
struct StudyPageParts {
  const model::Experiment& experiment;
  std::string headline;  ///< what was put to the proof
  const compare::Verdict& verdict;
  const std::vector<compare::Claim>& claims;
  const std::vector<compare::SweepNumber>& numbers;  ///< measured, beside what was predicted
  const std::vector<RunTable>& tables;
  std::vector<HtmlDefinition> provenance;
};

/// report.html: verdict, experiment, claims, numbers, how to repeat it, files.
std::string study_page(const StudyPageParts& parts);

}  // namespace wideproof::report
