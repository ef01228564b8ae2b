// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/judged_gram.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/kinds/gram/user_prediction.hpp>
#include <wideproof/app/study/network_text.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/compare/gram/sweep_numbers.hpp>
#include <wideproof/compare/gram/without_norms.hpp>
#include <wideproof/report/gram/page.hpp>
#include <wideproof/report/gram/summary.hpp>
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/gram/terminal_table.hpp>
#include <wideproof/report/gram/traces.hpp>
#include <wideproof/report/gram/words.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/report/sparsity/sparsity_table.hpp>
#include <wideproof/sim/measure/stopping_rule.hpp>
#include <wideproof/theory/recursion/theory_curves.hpp>

namespace wideproof::app {
namespace {

/// "600 networks", or "104 to 640 networks" where a precision decided.
std::string networks_text(const model::Measurement& measurement) {
  const auto [least, most] =
      std::minmax_element(measurement.begin(), measurement.end(),
                          [](const auto& a, const auto& b) { return a.replicates < b.replicates; });
  if (least->replicates == most->replicates) return fmt::format("{} networks", most->replicates);
  return fmt::format("{} to {} networks", least->replicates, most->replicates);
}

/// Which widths ended before they were as precise as asked for.
std::vector<std::string> capped_widths(const model::Experiment& experiment,
                                       const model::Measurement& measurement) {
  std::vector<std::string> notes;
  const auto& simulation = experiment.simulation();
  if (!simulation.precision) return notes;
  for (const auto& layer : measurement) {
    if (layer.layer > 1 || layer.replicates < simulation.replicates) continue;
    notes.push_back(
        fmt::format("width {} ended at simulation.most_replicates = {}, not at "
                    "simulation.precision = {}",
                    layer.width, simulation.replicates, *simulation.precision));
  }
  return notes;
}

bool predicts_norms(const model::Experiment& experiment) {
  return experiment.compare().prediction_kind != model::PredictionKind::correlation;
}

using SharedResults = std::shared_ptr<const compare::GramResults>;

/// What of the results is compared: all, or correlations alone.
SharedResults compared(const model::Experiment& experiment, const SharedResults& results) {
  if (predicts_norms(experiment)) return results;
  auto correlations = std::make_shared<compare::GramResults>(*results);
  correlations->measurement = compare::without_norms(results->measurement);
  correlations->series = compare::without_norms(results->series);
  return correlations;
}

/// What the user's matrices were taken for, where that is not the Gram that is compared.
std::string reading_of_prediction(const model::Experiment& experiment) {
  switch (experiment.compare().prediction_kind) {
    case model::PredictionKind::kernel:
      return "your matrices are read as kernels of the next layers; compared are the Gram matrices "
             "that they are made of";
    case model::PredictionKind::correlation:
      return "your matrices are read as correlations; nothing is claimed of norms";
    case model::PredictionKind::gram:
    case model::PredictionKind::tangent:
      break;
  }
  return {};
}

/// What was put to the proof, in two lines or three.
std::string headline(const model::Experiment& experiment, const report::InputSummary& inputs,
                     const compare::GramResults& results) {
  const auto& network = experiment.network();
  const auto& widths = experiment.simulation().widths;
  const auto widths_text = widths.size() == 1
                               ? fmt::format("width {}", widths.front())
                               : fmt::format("each of {} widths, {} to {}", widths.size(),
                                             widths.front(), widths.back());
  const auto reading = reading_of_prediction(experiment);
  return fmt::format(
      "{}: {}, depth {}, degree of correlation {:.4g}\n{} input{} ({}), {} at {}\n{}\n",
      experiment.study().name, network_text(network), network.depth(),
      results.theory.degree_of_correlation, inputs.count, inputs.count == 1 ? "" : "s",
      inputs.source, networks_text(results.measurement), widths_text,
      reading.empty() ? "" : report::wrapped_item(reading));
}

/// All that page and traces are made of.
struct JudgedRun {
  model::Experiment experiment;
  report::InputSummary inputs;
  SharedResults results;  ///< as compared
  SharedResults sampled;  ///< with the networks' norms
  compare::Assessment assessment;
  model::TheoryCurves curves;

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
            .predicted_sparsity = results->predicted_sparsity};
  }
};

/// Each of them keeps the run.
std::vector<report::RunTable> tables_of(const std::shared_ptr<const JudgedRun>& run) {
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
                            {run->results->predicted_sparsity, run->assessment.sparsity});
                      }});
  if (!report::lists_entries(run->results->measurement)) return tables;
  if (predicts_norms(run->experiment))
    tables.push_back({"gram.csv", "Gram matrices by width and layer, predicted and measured",
                      [run] { return report::width_table(run->assessment, Quantity::gram); }});
  tables.push_back({"correlation.csv", "the same normalised to a unit diagonal",
                    [run] { return report::width_table(run->assessment, Quantity::correlation); }});
  tables.push_back({"kernel.csv", "the kernel that each layer sees, and its correlation", [run] {
                      return report::kernel_table(run->results->theory, run->results->measurement);
                    }});
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

}  // namespace

compare::Options judging_options(const model::Experiment& experiment) {
  compare::Options options;
  options.family_error = experiment.compare().family_error;
  options.equivalence_margin = experiment.compare().equivalence_margin;
  options.norms_are_predicted = predicts_norms(experiment);
  const auto& simulation = experiment.simulation();
  options.could_reduce_variance =
      !simulation.variance_reduction &&
      model::has_control_variates(experiment.network(), simulation.engine);
  compare::set_digits(options, simulation.dtype, simulation.engine);
  const sim::StoppingRule stopping{.replicates = simulation.replicates,
                                   .precision = simulation.precision.value_or(0.0)};
  if (simulation.precision) {
    options.looks = static_cast<int>(stopping.looks()) * static_cast<int>(simulation.widths.size());
  }
  return options;
}

namespace {

/// What of them limits of single numbers take; each look at the standard errors has its share.
compare::LimitOptions limit_options(const compare::Options& options) {
  return {.family_error = options.family_error / options.looks,
          .equivalence_margin = options.equivalence_margin,
          .lack_of_fit_error = options.lack_of_fit_error,
          .rounding = options.rounding};
}

}  // namespace

compare::Assessment assess_gram(const model::Experiment& experiment,
                                const compare::GramResults& results, const OnStage& on_stage) {
  const auto options = judging_options(experiment);
  const auto tell = [&on_stage](std::string_view stage) {
    if (on_stage) on_stage(fmt::format("judging: {}", stage));
  };
  const auto assess = [&](const model::Measurement& measurement, const model::ClassSeries& series) {
    return compare::assess(
        results.prediction, measurement, series, options, tell,
        compare::assess_sparsity(results.predicted_sparsity, results.sparsity,
                                 limit_options(options), experiment.compare().sparsity));
  };
  auto assessment = options.norms_are_predicted
                        ? assess(results.measurement, results.series)
                        : assess(compare::without_norms(results.measurement),
                                 compare::without_norms(results.series));
  if (!experiment.compare().predicts_theory() &&
      assessment.verdict.outcome != compare::Outcome::agree)
    assessment.likeness = likeness_of(experiment, results.theory, results.prediction);
  if (on_stage) on_stage({});
  return assessment;
}

JudgedGram judge_gram(const model::Experiment& experiment, const report::InputSummary& inputs,
                      std::shared_ptr<const compare::GramResults> results,
                      const OnStage& on_stage) {
  auto assessment = assess_gram(experiment, *results, on_stage);
  auto curves = theory::theory_curves(experiment, results->theory);
  const auto run = std::make_shared<const JudgedRun>(
      JudgedRun{experiment, inputs, compared(experiment, results), results, std::move(assessment),
                std::move(curves)});
  const bool lists_entries = report::lists_entries(run->results->measurement);
  JudgedGram judged;
  judged.limits = run->assessment.extrapolation;
  if (judged.limits && !predicts_norms(experiment))
    for (auto& layer : judged.limits->layers) layer.gram = {};
  auto& study = judged.study;
  study.outcome = {.verdict = run->assessment.verdict,
                   .numbers = compare::last_layer_numbers(run->assessment),
                   .traces = report::gram_traces(run->study({}, {}))};
  compare::tell_of_inputs(study.outcome.numbers, run->results->theory.layers.front().preactivation,
                          experiment.network().bias_variance());
  study.claims = run->assessment.claims;
  study.headline = headline(experiment, inputs, *run->results);
  const auto formula =
      experiment.compare().predicts_theory() ? report::Formula::ours : report::Formula::yours;
  study.table = report::wrapped_lines(report::verdict_sentence(run->assessment, formula)) + "\n" +
                report::terminal_table(run->assessment, stdout_takes_colour(),
                                       report::norm_in_words(run->results->theory));
  study.notes = capped_widths(experiment, run->results->measurement);
  study.tables = tables_of(run);
  if (!lists_entries)
    study.left_out =
        "gram.csv and the other tables of single entries would have more than 100,000 lines each "
        "and are not written; results.h5 holds the matrices";
  study.summary = [run, results] {
    return report::gram_summary(run->experiment, *results, &run->assessment);
  };
  study.page = [run](const report::Provenance& made_by) { return page_of(run, made_by); };
  return judged;
}

}  // namespace wideproof::app
