// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/judged_dimension.hpp>

#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/app/study/network_text.hpp>
#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/compare/dimension/sweep_numbers.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>
#include <wideproof/report/page/claims_table.hpp>
#include <wideproof/report/page/wrapped_item.hpp>

namespace wideproof::app {
namespace {

std::string headline(const model::Experiment& experiment, const report::InputSummary& inputs) {
  const auto& network = experiment.network();
  const auto& synapses = model::dimension_of(experiment).synapses;
  return fmt::format(
      "{}: dimensions of an ensemble from layer to layer\n"
      "{}, depth {}, {} synapses, correlation r = {:.4g}\n"
      "inputs {}, {} samples, widths {}, {} networks each\n\n",
      experiment.study().name, network_text(network), network.depth(), name_of(synapses.law),
      synapses.correlation, inputs.source, inputs.count,
      fmt::join(experiment.simulation().widths, ", "), experiment.simulation().replicates);
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
                            const model::DimensionMeasurement& measurement) {
  const auto assessment =
      compare::assess_dimension(prediction, measurement, dimension_options(experiment));
  JudgedStudy judged;
  judged.outcome = {.verdict = assessment.verdict,
                    .is_judged = assessment.is_judged(),
                    .numbers = compare::dimension_sweep_numbers(assessment, measurement),
                    .traces = {}};
  judged.claims = assessment.claims;
  judged.headline = headline(experiment, inputs);
  judged.table = fmt::format("{}: {}\n", name_of(assessment.verdict.outcome),
                             fmt::join(assessment.verdict.reasons, "\n"));
  judged.summary = [] { return report::Json::object(); };
  return judged;
}

}  // namespace wideproof::app
