// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/training/assessment.hpp>
#include <wideproof/model/training/training_data.hpp>
#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/page/run_table.hpp>
#include <wideproof/report/training/activity_study.hpp>

namespace wideproof::report {

/// All that the page and the figures of a study of training are made of. It refers to what it was
/// made from.
struct TrainingStudy {
  std::string name;                     ///< the study's
  std::vector<std::string> experiment;  ///< paragraphs: networks, training, data
  const compare::TrainingAssessment& assessment;
  const model::TrainingData& data;
  std::vector<RunTable> tables = {};            ///< the CSV files of the run's folder
  std::vector<HtmlDefinition> provenance = {};  ///< version, commit, …
  ActivityStudy activity = {};                  ///< empty where neurons were not seen
};

/// Losses that the limit lets expect, by recorded step: descent at the run's rate, and flow; empty
/// where there is no limit or there are no such inputs.
struct TheoryLosses {
  std::vector<double> training, training_flow;
  std::vector<double> test, test_flow;
};

TheoryLosses theory_losses(const compare::TrainingAssessment& assessment,
                           const model::TrainingData& data);

}  // namespace wideproof::report
