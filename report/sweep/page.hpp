// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/sweep/sweep_words.hpp>

namespace wideproof::report {

/// What the report of a sweep is made of. It refers to what it was made from.
struct SweepPage {
  const model::Experiment& first;  ///< of the points
  const SweepWords& words;         ///< of their kind
  const compare::SweepResult& sweep;
  const compare::Verdict& verdict;
  const std::vector<compare::Claim>& claims;  ///< about the sweep; may be none
  const std::vector<Figure>& figures;
  std::string name;
  std::vector<std::string> folders;  ///< by point, from the page: points/01 …; or none
  std::vector<HtmlDefinition> provenance;
  double claims_error = 0.01;  ///< the family error that the claims were judged with
};

/// report.html: verdict, the claims about the sweep, what was swept, figures, a row for each point,
/// how to repeat it. `svg` holds the pictures by the figures' names.
std::string sweep_report(const SweepPage& page, const std::map<std::string, std::string>& svg);

}  // namespace wideproof::report
