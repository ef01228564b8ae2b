// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/judged_samples.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/kinds/gram/judged_alike.hpp>
#include <wideproof/app/kinds/samples/samples_in_words.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/compare/gram/sweep_numbers.hpp>
#include <wideproof/compare/gram/without_norms.hpp>
#include <wideproof/model/samples/samples_spec.hpp>
#include <wideproof/report/gram/page.hpp>
#include <wideproof/report/gram/summary.hpp>
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/gram/terminal_table.hpp>
#include <wideproof/report/gram/words.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include <wideproof/report/page/wrapped_item.hpp>

namespace wideproof::app {
namespace {

using SharedResults = std::shared_ptr<const compare::GramResults>;

bool predicts_norms(const model::Experiment& experiment) {
  return experiment.compare().prediction_kind != model::PredictionKind::correlation;
}

/// What of the results is compared: all, or correlations alone.
SharedResults compared(const model::Experiment& experiment, const SharedResults& results) {
  if (predicts_norms(experiment)) return results;
  auto correlations = std::make_shared<compare::GramResults>(*results);
  correlations->measurement = compare::without_norms(results->measurement);
  correlations->series = compare::without_norms(results->series);
  return correlations;
}

/// All that page and tables are made of.
struct JudgedRun {
  model::Experiment experiment;
  report::InputSummary inputs;
  SharedResults results;  ///< as compared
  SharedResults sampled;  ///< with the networks' norms
  compare::Assessment assessment;
  model::TheoryCurves curves = {};

  report::GramStudy study(const report::Provenance& made_by,
                          const std::vector<report::RunTable>& tables) const {
    return {.experiment = experiment,
            .theory = results->theory,
            .prediction = results->prediction,
            .measurement = results->measurement,
            .series = results->series,
            .own_series = sampled->series,
            .assessment = assessment,
            .curves = curves,
            .input_source = inputs.source,
            .input_dimension = inputs.dimension,
            .tables = tables,
            .provenance = in_words(made_by),
            .sampled_elsewhere = samples_in_words(experiment, results->measurement)};
  }
};

std::vector<report::RunTable> tables_of(const std::shared_ptr<const JudgedRun>& run) {
  using compare::Quantity;
  std::vector<report::RunTable> tables = {
      {"claims.csv", "the claims", [run] { return report::claims_table(run->assessment.claims); }},
      {"convergence.csv", "exponents of spread and bias",
       [run] { return report::convergence_table(run->assessment); }},
      {"fluctuation_limit.csv",
       "n Var(G_aa), n Var(G_ab) and n Var(c_ab) in the limit, by class of entries",
       [run] { return report::fluctuation_limit_table(run->assessment); }}};
  if (!report::lists_entries(run->results->measurement)) return tables;
  if (predicts_norms(run->experiment))
    tables.push_back({"gram.csv", "Gram matrices by width and layer, predicted and measured",
                      [run] { return report::width_table(run->assessment, Quantity::gram); }});
  tables.push_back({"correlation.csv", "the same normalised to a unit diagonal",
                    [run] { return report::width_table(run->assessment, Quantity::correlation); }});
  tables.push_back({"extrapolation.csv", "limits n → ∞ of every entry",
                    [run] { return report::extrapolation_table(run->assessment); }});
  tables.push_back({"fluctuation.csv", "n Var(G_ab)/(G_aa G_bb) of every entry by width",
                    [run] { return report::relative_variance_table(run->assessment); }});
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

compare::Options options_of(const model::Experiment& experiment,
                            const compare::GramResults& results) {
  compare::Options options;
  options.family_error = experiment.compare().family_error;
  options.equivalence_margin = experiment.compare().equivalence_margin;
  options.norms_are_predicted = predicts_norms(experiment);
  options.asks_independence = true;
  // Sums of any program in single precision, and weights that were drawn.
  compare::set_digits(options, model::DType::float32, model::Engine::direct);
  options.rounding = std::max(options.rounding, results.rounding);
  return options;
}

report::Json summary_of(const JudgedRun& run) {
  auto json = report::gram_summary(run.experiment, *run.sampled, &run.assessment);
  const auto& spec = model::samples_of(run.experiment);
  json["samples"] = {{"path", spec.path}, {"activations", spec.activations}};
  json["samples"]["experiment"] = report::text_or_null(spec.experiment_file);
  return json;
}

/// Two sets of samples. That they hold the same numbers says nothing of whether two programs agree.
JudgedStudy judge_against(const model::Experiment& experiment,
                          const compare::GramResults& results) {
  const auto alike = std::make_shared<compare::Alike>(compare::compare_sets(
      {results.measurement, results.series}, {results.against, results.against_series},
      options_of(experiment, results)));
  auto& verdict = alike->verdict;
  if (alike->are_same_bits && verdict.outcome != compare::Outcome::disagree) {
    verdict.outcome = compare::Outcome::inconclusive;
    verdict.reasons = {"both sets hold the same numbers, and are to be independent of each other"};
  }
  return judged_alike(alike, experiment.study().name,
                      samples_headline(experiment, results.measurement), true);
}

}  // namespace

compare::Assessment assess_samples(const model::Experiment& experiment,
                                   const compare::GramResults& results, const OnStage& on_stage) {
  const auto options = options_of(experiment, results);
  const auto tell = [&on_stage](std::string_view stage) {
    if (on_stage) on_stage(fmt::format("judging: {}", stage));
  };
  auto assessment =
      options.norms_are_predicted
          ? compare::assess(results.prediction, results.measurement, results.series, options, tell)
          : compare::assess(results.prediction, compare::without_norms(results.measurement),
                            compare::without_norms(results.series), options, tell);
  if (on_stage) on_stage({});
  return assessment;
}

JudgedGram judge_samples(const model::Experiment& experiment, const report::InputSummary& inputs,
                         std::shared_ptr<const compare::GramResults> results,
                         const OnStage& on_stage) {
  if (!results->against.empty()) return {judge_against(experiment, *results), std::nullopt};
  auto assessment = assess_samples(experiment, *results, on_stage);
  const auto run = std::make_shared<const JudgedRun>(
      JudgedRun{experiment, inputs, compared(experiment, results), results, std::move(assessment)});
  JudgedGram judged;
  judged.limits = run->assessment.extrapolation;
  if (judged.limits && !predicts_norms(experiment))
    for (auto& layer : judged.limits->layers) layer.gram = {};
  auto& study = judged.study;
  study.outcome = {.verdict = run->assessment.verdict,
                   .numbers = compare::last_layer_numbers(run->assessment),
                   .traces = {}};
  study.claims = run->assessment.claims;
  study.headline = samples_headline(experiment, results->measurement);
  const auto formula =
      experiment.compare().predicts_theory() ? report::Formula::ours : report::Formula::yours;
  study.table = report::wrapped_lines(report::verdict_sentence(run->assessment, formula)) + "\n" +
                report::terminal_table(run->assessment, stdout_takes_colour(),
                                       report::norm_in_words(run->results->theory));
  study.tables = tables_of(run);
  study.summary = [run] { return summary_of(*run); };
  study.page = [run](const report::Provenance& made_by) { return page_of(run, made_by); };
  return judged;
}

}  // namespace wideproof::app
