// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/judged_generalization.hpp>

#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/study/network_text.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/compare/generalization/learning_curve.hpp>
#include <wideproof/compare/generalization/sweep_numbers.hpp>
#include <wideproof/model/generalization/generalization_spec.hpp>
#include <wideproof/report/generalization/figures.hpp>
#include <wideproof/report/generalization/page.hpp>
#include <wideproof/report/generalization/summary.hpp>
#include <wideproof/report/generalization/tables.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include <wideproof/theory/recursion/network_limit.hpp>

namespace wideproof::app {
namespace {

compare::GeneralizationAssessment assess(const model::Experiment& experiment,
                                         const model::GeneralizationMeasurement& measurement) {
  compare::GeneralizationOptions options;
  options.family_error = experiment.compare().family_error;
  options.equivalence_margin = experiment.compare().equivalence_margin;
  options.agreement_error = experiment.compare().agreement_error;
  return compare::assess_generalization(measurement, options);
}

std::string headline(const model::Experiment& experiment, const model::Prediction& limit,
                     const std::string& source) {
  const auto& regression = model::generalization_of(experiment).regression;
  const auto& widths = experiment.simulation().widths;
  return fmt::format(
      "{}: kernel regression and finite networks\n"
      "{}, depth {}, degree of correlation {:.4g}\n"
      "inputs {}, {} draw{} of data, ridge {:.4g}, {}\n\n",
      experiment.study().name, network_text(experiment.network()), experiment.network().depth(),
      limit.degree_of_correlation, source, regression.draws, regression.draws == 1 ? "" : "s",
      regression.ridge,
      widths.empty() ? std::string("no finite networks")
                     : fmt::format("widths {}", fmt::join(widths, ", ")));
}

/// All that a page is made of.
struct JudgedCurve {
  model::Experiment experiment;
  report::InputSummary inputs;
  model::Prediction limit;
  compare::GeneralizationAssessment assessment;
  std::vector<report::RunTable> tables;
  std::vector<report::Figure> figures;
};

StudyPage page_of(JudgedCurve judged, const report::Provenance& made_by) {
  judged.figures = report::generalization_figures(judged.assessment);
  const auto kept = std::make_shared<const JudgedCurve>(std::move(judged));
  return {kept->figures,
          [kept, words = in_words(made_by)](const std::map<std::string, std::string>& svg) {
            return report::generalization_report({.experiment = kept->experiment,
                                                  .limit = kept->limit,
                                                  .assessment = kept->assessment,
                                                  .figures = kept->figures,
                                                  .input_source = kept->inputs.source,
                                                  .inputs = kept->inputs.count,
                                                  .input_dimension = kept->inputs.dimension,
                                                  .tables = kept->tables,
                                                  .provenance = words},
                                                 svg);
          }};
}

}  // namespace

JudgedStudy judge_generalization(const model::Experiment& experiment,
                                 const report::InputSummary& inputs,
                                 const model::GeneralizationMeasurement& measurement) {
  const auto assessment = assess(experiment, measurement);
  const auto limit = theory::network_limit(experiment.network());
  JudgedStudy judged;
  judged.verdict = assessment.verdict;
  judged.claims = assessment.claims;
  judged.headline = headline(experiment, limit, inputs.source);
  judged.table = report::terminal_table(assessment, stdout_takes_colour());
  judged.tables = {
      {"learning_curve.csv", "errors with intervals", report::learning_curve_table(assessment)},
      {"claims.csv", "the claims", report::claims_table(assessment.claims)},
      {"draws.csv", "every error, a line for each regression", report::draws_table(measurement)}};
  judged.summary = report::generalization_summary(model::generalization_of(experiment), assessment);
  judged.page = [curve = JudgedCurve{experiment, inputs, limit, assessment, judged.tables, {}}](
                    const report::Provenance& made_by) { return page_of(curve, made_by); };
  judged.numbers = compare::error_numbers(assessment, measurement);
  judged.is_judged = compare::is_judged(assessment);
  return judged;
}

}  // namespace wideproof::app
