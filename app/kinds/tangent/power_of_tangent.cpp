// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/tangent/power_of_tangent.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <wideproof/app/kinds/gram/gram_simulation.hpp>
#include <wideproof/app/kinds/tangent/judged_tangent.hpp>
#include <wideproof/app/kinds/tangent/prepared_tangent.hpp>
#include <wideproof/app/study/power_run.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/memory.hpp>
#include <wideproof/compare/tangent/predicted_stack.hpp>
#include <wideproof/theory/tangent/wrong_tangents.hpp>

namespace wideproof::app {
namespace {

using compare::Outcome;

struct JudgedFormula {
  PowerFormula formula;
  std::vector<compare::PredictedLayer> prediction;
};

std::vector<JudgedFormula> formulas_of(const PreparedTangent& tangent) {
  const auto& experiment = tangent.study.experiment;
  std::vector<JudgedFormula> judged;
  for (auto& candidate : theory::candidate_tangents(
           experiment.network(), tangent.study.inputs.deficits(), tangent.options())) {
    auto prediction = compare::predicted_stack(candidate.prediction, stack_of(experiment));
    judged.push_back({{candidate.name, candidate.is_wrong}, std::move(prediction)});
  }
  const auto& asked = experiment.compare();
  if (!asked.predicts_theory())
    judged.push_back(
        {{"yours, " + std::filesystem::path(asked.prediction).filename().string(), std::nullopt},
         tangent.study.prediction});
  return judged;
}

}  // namespace

int power_of_tangent(const model::Experiment& experiment, const RunOptions& options) {
  const auto tangent = prepare_tangent(experiment);
  const auto& study = tangent.study;
  for (const auto& warning : study.log.warnings) say(warning);
  const auto formulas = formulas_of(tangent);
  require_memory(
      tangent_simulation(tangent, study.experiment.study().seed, options.threads).memory() +
          3 * memory_to_report(study),
      study.experiment.simulation().memory_gib, available_memory(options.threads));
  PowerStudy power{.experiment = study.experiment,
                   .formulas = {},
                   .true_ones = fmt::format("The first is true: it may be rejected in at most "
                                            "{:.2g}% of all runs.",
                                            100 * study.experiment.compare().family_error),
                   .left_out = "",
                   .run = {}};
  for (const auto& formula : formulas) power.formulas.push_back(formula.formula);
  power.run = [&](std::uint64_t seed, const GoOn& go_on,
                  const OnStage& on_stage) -> std::optional<std::vector<Outcome>> {
    const auto simulation = tangent_simulation(tangent, seed, options.threads);
    auto state = simulation.start();
    const auto tell = [&](const sim::Progress& progress) { return go_on(run_progress(progress)); };
    if (!simulation.run(state, tell)) return std::nullopt;
    compare::GramResults results{
        study.theory, {}, simulation.measurement(state), simulation.series(state)};
    std::vector<Outcome> outcomes;
    for (const auto& formula : formulas) {
      results.prediction = formula.prediction;
      outcomes.push_back(assess_tangent(study.experiment, results, on_stage).verdict.outcome);
    }
    return outcomes;
  };
  return run_power(power, options);
}

}  // namespace wideproof::app
