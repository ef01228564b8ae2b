// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <wideproof/compare/generalization/learning_curve.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/page/run_table.hpp>

namespace wideproof::report {

/// What the report of a study of generalization is made of. It refers to what it was made from.
struct GeneralizationPage {
  const model::Experiment& experiment;
  const model::Prediction& limit;  ///< the network's constants
  const compare::GeneralizationAssessment& assessment;
  const std::vector<Figure>& figures;
  std::string input_source;  ///< model::Inputs::source
  std::int64_t inputs = 0;
  std::int64_t input_dimension = 0;
  std::vector<RunTable> tables;            ///< the CSV files of the run's folder
  std::vector<HtmlDefinition> provenance;  ///< version, commit, …
};

/// "Theory, kernel regression and finite networks agree: …", in one sentence or two. `widths`: of
/// the experiment.
std::string verdict_sentence(const compare::GeneralizationAssessment& assessment,
                             const std::vector<std::int64_t>& widths);

/// report.html. `svg` holds the pictures by the figures' names.
std::string generalization_report(const GeneralizationPage& page,
                                  const std::map<std::string, std::string>& svg);

}  // namespace wideproof::report
