// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/page/run_table.hpp>

namespace wideproof::report {

/// All that the page and the figures of a study of dimension are made of. It refers to what it was
/// made from.
struct DimensionStudy {
  std::string name;                     ///< the study's
  std::vector<std::string> experiment;  ///< paragraphs: networks, synapses, inputs
  const compare::DimensionAssessment& assessment;
  std::string why_no_spectrum;             ///< a sentence, where no spectrum is drawn; may be empty
  std::vector<RunTable> tables;            ///< the CSV files of the run's folder
  std::vector<HtmlDefinition> provenance;  ///< version, commit, …
};

}  // namespace wideproof::report
