// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/judged_dimension.hpp>

#include <cmath>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/kinds/dimension/spectrum_plan.hpp>
#include <wideproof/app/study/network_text.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/compare/dimension/sweep_numbers.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>
#include <wideproof/report/dimension/figures.hpp>
#include <wideproof/report/dimension/page.hpp>
#include <wideproof/report/dimension/summary.hpp>
#include <wideproof/report/dimension/tables.hpp>
#include <wideproof/report/dimension/traces.hpp>
#include <wideproof/report/dimension/words.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include <wideproof/report/page/wrapped_item.hpp>

namespace wideproof::app {
namespace {

/// All that tables and page are made of.
struct JudgedDimensions {
  model::Experiment experiment;
  report::InputSummary inputs;
  compare::DimensionAssessment assessment;
  std::vector<model::LayerSpectrum> spectra;
};

/// "binary synapses, r = 1 across receiving units, mixed signs, hebb learning"
std::string synapses_text(const model::Synapses& synapses) {
  std::string text = fmt::format("{} synapses", name_of(synapses.law));
  if (synapses.correlation > 0.0) {
    text +=
        fmt::format(", r = {:.4g} across {} units", synapses.correlation, name_of(synapses.across));
    if (synapses.exponent != 0.5) text += fmt::format(", exponent {:.4g}", synapses.exponent);
    if (synapses.signs == model::SynapseSigns::mixed) text += ", mixed signs";
  }
  if (synapses.learns())
    text += fmt::format(", {} learning{}", name_of(synapses.learning),
                        synapses.shuffled ? ", rows shuffled" : "");
  return text;
}

std::string inputs_text(const report::InputSummary& inputs) {
  return fmt::format("inputs {}, {} samples", inputs.source, inputs.count);
}

std::string gain_text(const model::Network& network) {
  const auto& variance = network.weight_variance();
  return variance ? fmt::format("gain {:.4g}", std::sqrt(*variance)) : "critical weight variance";
}

/// What was put to the proof, a line each.
std::vector<std::string> lines_of(const model::Experiment& experiment,
                                  const report::InputSummary& inputs) {
  const auto& network = experiment.network();
  return {
      fmt::format("{}, {}, depth {}", network_text(network), gain_text(network), network.depth()),
      synapses_text(model::dimension_of(experiment).synapses),
      fmt::format("{}, widths {}, {} networks each", inputs_text(inputs),
                  fmt::join(experiment.simulation().widths, ", "),
                  experiment.simulation().replicates)};
}

std::string headline(const model::Experiment& experiment, const report::InputSummary& inputs) {
  return fmt::format("{}: dimensions of an ensemble, layer by layer\n{}\n\n",
                     experiment.study().name, fmt::join(lines_of(experiment, inputs), "\n"));
}

std::vector<report::RunTable> tables_of(const std::shared_ptr<const JudgedDimensions>& judged) {
  return {{"dimension.csv", "means of every width and layer",
           [judged] { return report::dimension_table(judged->assessment); }},
          {"limits.csv", "their limits with intervals",
           [judged] { return report::dimension_limits_table(judged->assessment); }},
          {"claims.csv", "the claims",
           [judged] { return report::claims_table(judged->assessment.claims); }}};
}

StudyPage page_of(const std::shared_ptr<const JudgedDimensions>& judged,
                  const report::Provenance& made_by) {
  const auto figures = report::dimension_figures(judged->assessment, judged->spectra);
  return {
      figures,
      [judged, figures, words = in_words(made_by)](const std::map<std::string, std::string>& svg) {
        return report::dimension_report({.name = judged->experiment.study().name,
                                         .experiment = lines_of(judged->experiment, judged->inputs),
                                         .assessment = judged->assessment,
                                         .why_no_spectrum = why_no_spectrum(judged->experiment),
                                         .tables = tables_of(judged),
                                         .provenance = words},
                                        figures, svg);
      }};
}

}  // namespace

compare::DimensionOptions dimension_options(const model::Experiment& experiment) {
  const bool is_single = experiment.simulation().dtype == model::DType::float32;
  return {.family_error = experiment.compare().family_error,
          .equivalence_margin = experiment.compare().equivalence_margin,
          .power = model::dimension_of(experiment).series_power(),
          .rounding = is_single ? 1e-6 : 1e-7};
}

JudgedStudy judge_dimension(const model::Experiment& experiment, const report::InputSummary& inputs,
                            const std::optional<model::DimensionPrediction>& prediction,
                            const model::DimensionMeasurement& measurement,
                            std::vector<model::LayerSpectrum> spectra) {
  const auto dimensions = std::make_shared<const JudgedDimensions>(JudgedDimensions{
      experiment, inputs,
      compare::assess_dimension(prediction, measurement, dimension_options(experiment)),
      std::move(spectra)});
  const auto& assessment = dimensions->assessment;
  JudgedStudy judged;
  judged.outcome = {.verdict = assessment.verdict,
                    .is_judged = assessment.is_judged(),
                    .numbers = compare::dimension_sweep_numbers(assessment, measurement),
                    .traces = report::dimension_traces(assessment)};
  judged.claims = assessment.claims;
  judged.headline = headline(experiment, inputs);
  judged.table = report::wrapped_lines(report::verdict_sentence(assessment)) + "\n" +
                 report::terminal_table(assessment, stdout_takes_colour());
  if (auto why = why_no_spectrum(experiment); !why.empty()) judged.notes.push_back(std::move(why));
  judged.tables = tables_of(dimensions);
  judged.summary = [dimensions] { return report::dimension_summary(dimensions->assessment); };
  judged.page = [dimensions](const report::Provenance& made_by) {
    return page_of(dimensions, made_by);
  };
  return judged;
}

}  // namespace wideproof::app
