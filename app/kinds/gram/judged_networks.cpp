// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/judged_networks.hpp>

#include <utility>

#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/compare/gram/sweep_numbers.hpp>
#include <wideproof/compare/gram/without_norms.hpp>
#include <wideproof/report/gram/page.hpp>
#include <wideproof/report/gram/summary.hpp>
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/gram/terminal_table.hpp>
#include <wideproof/report/gram/words.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/report/sparsity/selectivity_table.hpp>
#include <wideproof/report/sparsity/sparsity_table.hpp>

namespace wideproof::app {
namespace {

/// What of the results is compared: all, or correlations alone.
SharedResults as_compared(const model::Experiment& experiment, const SharedResults& results) {
  if (predicts_norms(experiment)) return results;
  auto correlations = std::make_shared<compare::GramResults>(*results);
  correlations->measurement = compare::without_norms(results->measurement);
  correlations->series = compare::without_norms(results->series);
  return correlations;
}

/// Each of them keeps the run.
std::vector<report::RunTable> tables_of(const std::shared_ptr<const JudgedNetworks>& run) {
  using compare::Quantity;
  std::vector<report::RunTable> tables = {
      {"claims.csv", "the claims", [run] { return report::claims_table(run->assessment.claims); }},
      {"convergence.csv", "exponents of spread and bias",
       [run] { return report::convergence_table(run->assessment); }},
      {"fluctuation_limit.csv",
       "n Var(G_aa), n Var(G_ab) and n Var(c_ab) in the limit, by class of entries",
       [run] { return report::fluctuation_limit_table(run->assessment); }}};
  if (!run->assessment.sparsity.means.empty())
    tables.push_back({"sparsity.csv", "how sparse layers are, by width, layer and measure", [run] {
                        return report::sparsity_table(
                            {run->compared->predicted_sparsity, run->assessment.sparsity});
                      }});
  if (!run->assessment.selectivity.means.empty())
    tables.push_back(
        {"selectivity.csv", "how neurons tell classes apart, by width, layer and index", [run] {
           return report::selectivity_table(
               {run->compared->predicted_sparsity, run->assessment.selectivity});
         }});
  if (!report::lists_entries(run->compared->measurement)) return tables;
  if (predicts_norms(run->experiment))
    tables.push_back({"gram.csv", "Gram matrices by width and layer, predicted and measured",
                      [run] { return report::width_table(run->assessment, Quantity::gram); }});
  tables.push_back({"correlation.csv", "the same normalised to a unit diagonal",
                    [run] { return report::width_table(run->assessment, Quantity::correlation); }});
  if (run->sampled_elsewhere.empty())
    tables.push_back({"kernel.csv", "the kernel that each layer sees, and its correlation", [run] {
                        return report::kernel_table(run->compared->theory,
                                                    run->compared->measurement);
                      }});
  tables.push_back({"extrapolation.csv", "limits n → ∞ of every entry",
                    [run] { return report::extrapolation_table(run->assessment); }});
  tables.push_back({"fluctuation.csv", "n Var(G_ab)/(G_aa G_bb) of every entry by width",
                    [run] { return report::relative_variance_table(run->assessment); }});
  return tables;
}

StudyPage page_of(const std::shared_ptr<const JudgedNetworks>& run,
                  const report::Provenance& made_by) {
  const auto study = run->study(made_by, tables_of(run));
  const auto figures = report::gram_figures(study);
  // The study refers to the run, which the page keeps.
  return {figures.all(), [run, study, figures](const std::map<std::string, std::string>& svg) {
            return report::gram_report(study, figures, svg);
          }};
}

}  // namespace

bool predicts_norms(const model::Experiment& experiment) {
  return experiment.compare().prediction_kind != model::PredictionKind::correlation;
}

report::GramStudy JudgedNetworks::study(const report::Provenance& made_by,
                                        const std::vector<report::RunTable>& tables) const {
  return {.experiment = experiment,
          .theory = compared->theory,
          .prediction = compared->prediction,
          .measurement = compared->measurement,
          .series = compared->series,
          .own_series = results->series,
          .assessment = assessment,
          .curves = curves,
          .input_source = inputs.source,
          .input_dimension = inputs.dimension,
          .tables = tables,
          .provenance = in_words(made_by),
          .predicted_sparsity = compared->predicted_sparsity,
          .sampled_elsewhere = sampled_elsewhere};
}

JudgedGram judged_study(JudgedNetworks networks, std::shared_ptr<const JudgedNetworks>* shown) {
  networks.compared = as_compared(networks.experiment, networks.results);
  const auto run = std::make_shared<const JudgedNetworks>(std::move(networks));
  const auto& experiment = run->experiment;
  JudgedGram judged;
  judged.limits = run->assessment.extrapolation;
  if (judged.limits && !predicts_norms(experiment))
    for (auto& layer : judged.limits->layers) layer.gram = {};
  auto& study = judged.study;
  study.outcome = {.verdict = run->assessment.verdict,
                   .numbers = compare::last_layer_numbers(run->assessment),
                   .traces = {}};
  study.claims = run->assessment.claims;
  const auto formula =
      experiment.compare().predicts_theory() ? report::Formula::ours : report::Formula::yours;
  study.table = report::wrapped_lines(report::verdict_sentence(run->assessment, formula)) + "\n" +
                report::terminal_table(run->assessment, stdout_takes_colour(),
                                       report::norm_in_words(run->compared->theory));
  study.tables = tables_of(run);
  if (!report::lists_entries(run->compared->measurement))
    study.left_out =
        "gram.csv and the other tables of single entries would have more than 100,000 lines each "
        "and are not written; results.h5 holds the matrices";
  study.summary = [run] {
    return report::gram_summary(run->experiment, *run->results, &run->assessment);
  };
  study.page = [run](const report::Provenance& made_by) { return page_of(run, made_by); };
  *shown = run;
  return judged;
}

}  // namespace wideproof::app
