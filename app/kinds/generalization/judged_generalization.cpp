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
#include <wideproof/report/page/wrapped_item.hpp>
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

/// All that tables and page are made of.
struct JudgedCurve {
  model::Experiment experiment;
  report::InputSummary inputs;
  model::Prediction limit;
  model::GeneralizationMeasurement measurement;
  compare::GeneralizationAssessment assessment;
};

std::vector<report::RunTable> tables_of(const std::shared_ptr<const JudgedCurve>& curve) {
  return {{"learning_curve.csv", "errors with intervals",
           [curve] { return report::learning_curve_table(curve->assessment); }},
          {"claims.csv", "the claims",
           [curve] { return report::claims_table(curve->assessment.claims); }},
          {"draws.csv", "every error, a line for each regression",
           [curve] { return report::draws_table(curve->measurement); }}};
}

StudyPage page_of(const std::shared_ptr<const JudgedCurve>& curve,
                  const report::Provenance& made_by) {
  const auto figures = report::generalization_figures(curve->assessment);
  return {figures, [curve, figures,
                    words = in_words(made_by)](const std::map<std::string, std::string>& svg) {
            return report::generalization_report({.experiment = curve->experiment,
                                                  .limit = curve->limit,
                                                  .assessment = curve->assessment,
                                                  .figures = figures,
                                                  .input_source = curve->inputs.source,
                                                  .inputs = curve->inputs.count,
                                                  .input_dimension = curve->inputs.dimension,
                                                  .tables = tables_of(curve),
                                                  .provenance = words},
                                                 svg);
          }};
}

}  // namespace

JudgedStudy judge_generalization(const model::Experiment& experiment,
                                 const report::InputSummary& inputs,
                                 const model::GeneralizationMeasurement& measurement) {
  const auto curve = std::make_shared<const JudgedCurve>(
      JudgedCurve{experiment, inputs, theory::network_limit(experiment.network()), measurement,
                  assess(experiment, measurement)});
  const auto& assessment = curve->assessment;
  JudgedStudy judged;
  judged.outcome = {.verdict = assessment.verdict,
                    .is_judged = compare::is_judged(assessment),
                    .numbers = compare::error_numbers(assessment, measurement),
                    .traces = {}};
  judged.claims = assessment.claims;
  judged.headline = headline(experiment, curve->limit, inputs.source);
  judged.table =
      report::wrapped_lines(report::verdict_sentence(assessment, experiment.simulation().widths)) +
      "\n" + report::terminal_table(assessment, stdout_takes_colour());
  judged.tables = tables_of(curve);
  judged.summary = [curve] {
    return report::generalization_summary(model::generalization_of(curve->experiment),
                                          curve->assessment);
  };
  judged.page = [curve](const report::Provenance& made_by) { return page_of(curve, made_by); };
  return judged;
}

}  // namespace wideproof::app
