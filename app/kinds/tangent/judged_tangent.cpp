// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/tangent/judged_tangent.hpp>

#include <utility>

#include <fmt/format.h>

#include <wideproof/app/kinds/tangent/prepared_tangent.hpp>
#include <wideproof/app/study/network_text.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/compare/gram/norm_estimate.hpp>
#include <wideproof/compare/tangent/diagonal_mean.hpp>
#include <wideproof/compare/tangent/names.hpp>
#include <wideproof/compare/tangent/sweep_numbers.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/report/gram/page.hpp>
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/gram/terminal_table.hpp>
#include <wideproof/report/gram/words.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/report/tangent/summary.hpp>
#include <wideproof/report/tangent/words.hpp>
#include <wideproof/theory/recursion/theory_curves.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>
#include <wideproof/theory/tangent/threshold_nugget.hpp>

namespace wideproof::app {
namespace {

/// All that tables, page and summary are made of.
struct JudgedRun {
  model::Experiment experiment;
  report::InputSummary inputs;
  std::shared_ptr<const compare::GramResults> results;
  compare::Assessment assessment;
  model::TheoryCurves curves;
  std::vector<compare::DiagonalMean> diagonals;

  report::GramStudy study(const report::Provenance& made_by,
                          const std::vector<report::RunTable>& tables) const {
    return {.experiment = experiment,
            .theory = results->theory,
            .prediction = results->prediction,
            .measurement = results->measurement,
            .series = results->series,
            .own_series = results->series,
            .assessment = assessment,
            .curves = curves,
            .input_source = inputs.source,
            .input_dimension = inputs.dimension,
            .tables = tables,
            .provenance = in_words(made_by),
            .further = report::tangents_in_words(experiment)};
  }
};

std::vector<report::RunTable> tables_of(const std::shared_ptr<const JudgedRun>& run) {
  using compare::Quantity;
  std::vector<report::RunTable> tables = {
      {"claims.csv", "the claims", [run] { return report::claims_table(run->assessment.claims); }},
      {"convergence.csv", "exponents of spread and bias",
       [run] { return report::convergence_table(run->assessment); }}};
  if (!report::lists_entries(run->results->measurement)) return tables;
  tables.push_back({"kernels.csv",
                    "Gram matrices and tangent kernels by width, predicted and measured",
                    [run] { return report::width_table(run->assessment, Quantity::gram); }});
  tables.push_back({"extrapolation.csv", "limits n → ∞ of every entry",
                    [run] { return report::extrapolation_table(run->assessment); }});
  return tables;
}

StudyPage page_of(const std::shared_ptr<const JudgedRun>& run, const report::Provenance& made_by) {
  const auto study = run->study(made_by, tables_of(run));
  const auto figures = report::gram_figures(study);
  // The study refers to the run, which the page keeps.
  return {figures.all(), [run, study, figures](const std::map<std::string, std::string>& svg) {
            return report::gram_report(study, figures, svg);
          }};
}

/// The theory's lines, of tangent kernels too, named by their places among the matrices.
model::TheoryCurves curves_of(const model::Experiment& experiment,
                              const model::Prediction& theory) {
  auto curves = theory::theory_curves(experiment, theory);
  if (curves.kernel.empty()) return curves;
  const auto stack = stack_of(experiment);
  const auto add = [&](std::size_t place, const Eigen::MatrixXd& tangent) {
    model::TheoryCurve curve{static_cast<std::int64_t>(place) + 1, {}, {}};
    for (Eigen::Index k = 0; 2 * k <= tangent.rows(); ++k) {
      curve.x.push_back(360.0 * static_cast<double>(k) / static_cast<double>(tangent.rows()));
      curve.y.push_back(tangent(0, k));
    }
    curves.kernel.push_back(std::move(curve));
  };
  const auto circle =
      theory::predict_tangent(experiment.network(), model::circle_inputs(180).deficits(),
                              model::tangent_of(experiment).tangent);
  for (std::size_t l = 1; stack.has_hidden() && l <= stack.depth(); ++l)
    add(stack.tangent(l), circle.tangents[l - 1]);
  add(stack.output(), circle.output_tangent);
  return curves;
}

/// Of those that have no limit, at each width; none where all have.
std::vector<compare::DiagonalMean> diagonals_of(const model::Experiment& experiment,
                                                const compare::GramResults& results) {
  std::vector<compare::DiagonalMean> means;
  if (results.prediction.back().without_limit.size() == 0) return means;
  const auto& series = results.series;
  const auto stack = stack_of(experiment);
  const auto names = compare::tangent_names(stack);
  for (std::size_t w = 0; w < series.widths.size(); ++w) {
    const auto width = series.widths[w].width;
    const auto predicted = theory::tangent_diagonal(experiment.network(),
                                                    model::tangent_of(experiment).tangent, width);
    const auto add = [&](std::size_t place, double of_theory) {
      const auto norm = compare::norm_at(series, w, place);
      means.push_back({width, names[place].key, of_theory, norm.value, norm.standard_error});
    };
    for (std::size_t l = 2; stack.has_hidden() && l <= stack.depth(); ++l)
      add(stack.tangent(l), predicted.layers[l - 1]);
    add(stack.output(), predicted.output);
  }
  return means;
}

std::string headline(const model::Experiment& experiment, const report::InputSummary& inputs,
                     const compare::GramResults& results) {
  const auto& network = experiment.network();
  const auto& tangent = model::tangent_of(experiment).tangent;
  const auto& widths = experiment.simulation().widths;
  return fmt::format(
      "{}: tangent kernels of {}, depth {}, degree of correlation {:.4g}\n"
      "trained: {}, threshold's gradient: {}; {} input{} ({}), widths {} to {}\n",
      experiment.study().name, network_text(network), network.depth(),
      results.theory.degree_of_correlation, name_of(tangent.trained),
      name_of(tangent.threshold_gradient), inputs.count, inputs.count == 1 ? "" : "s",
      inputs.source, widths.front(), widths.back());
}

}  // namespace

compare::Assessment assess_tangent(const model::Experiment& experiment,
                                   const compare::GramResults& results, const OnStage& on_stage) {
  auto options = judging_options(experiment);
  options.names = compare::tangent_names(stack_of(experiment));
  options.compared = compare::tangent_matrices;
  options.could_reduce_variance = false;
  const auto tell = [&on_stage](std::string_view stage) {
    if (on_stage) on_stage(fmt::format("judging: {}", stage));
  };
  auto assessment =
      compare::assess(results.prediction, results.measurement, results.series, options, tell);
  if (on_stage) on_stage({});
  return assessment;
}

JudgedGram judge_tangent(const model::Experiment& experiment, const report::InputSummary& inputs,
                         std::shared_ptr<const compare::GramResults> results,
                         const OnStage& on_stage) {
  const auto run = std::make_shared<const JudgedRun>(
      JudgedRun{experiment, inputs, results, assess_tangent(experiment, *results, on_stage),
                curves_of(experiment, results->theory), diagonals_of(experiment, *results)});
  JudgedGram judged;
  judged.limits = run->assessment.extrapolation;
  auto& study = judged.study;
  study.outcome = {.verdict = run->assessment.verdict,
                   .numbers = compare::tangent_numbers(run->assessment),
                   .traces = {}};
  study.claims = run->assessment.claims;
  study.headline = headline(experiment, inputs, *results);
  const auto formula =
      experiment.compare().predicts_theory() ? report::Formula::ours : report::Formula::yours;
  study.table = report::wrapped_lines(report::verdict_sentence(run->assessment, formula)) + "\n" +
                report::terminal_table(run->assessment, stdout_takes_colour(),
                                       "the mean of a matrix's diagonal; Θ: tangent kernels") +
                report::diagonals_text(run->diagonals);
  study.tables = tables_of(run);
  study.summary = [run] {
    return report::tangent_summary(run->experiment, *run->results, &run->assessment,
                                   run->diagonals);
  };
  study.page = [run](const report::Provenance& made_by) { return page_of(run, made_by); };
  return judged;
}

}  // namespace wideproof::app
