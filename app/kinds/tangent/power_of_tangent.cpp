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
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/theory/tangent/wrong_tangents.hpp>

namespace wideproof::app {
namespace {

using compare::Outcome;

struct JudgedFormula {
  PowerFormula formula;
  std::vector<compare::PredictedLayer> prediction;
};

/// What is judged, and what says nothing of this experiment.
struct Formulas {
  std::vector<JudgedFormula> judged;
  std::vector<theory::LeftOutFormula> left_out;
};

std::vector<compare::PredictedLayer> candidate_stack(const PreparedTangent& tangent,
                                                     const theory::CandidateTangent& candidate) {
  std::vector<Eigen::MatrixXd> matrices = candidate.grams;
  if (tangent.options().layers == model::TangentLayers::all)
    matrices.insert(matrices.end(), candidate.tangents.begin(), candidate.tangents.end());
  matrices.push_back(candidate.output_tangent);
  auto stack = compare::predicted_layers(matrices);
  for (std::size_t i = 0; i < stack.size(); ++i) {
    const auto& right = tangent.study.prediction[i];
    stack[i].without_limit = right.without_limit;
    stack[i].preactivation_deficit = right.preactivation_deficit;
    stack[i].deficit = right.deficit;
    stack[i].separating_fraction = right.separating_fraction;
  }
  return stack;
}

Formulas formulas_of(const PreparedTangent& tangent) {
  const auto& experiment = tangent.study.experiment;
  auto [candidates, left_out] =
      theory::candidate_tangents(experiment.network(), tangent.study.inputs, tangent.options());
  std::vector<JudgedFormula> judged;
  // The theory, which is the first, with all that it knows of finite networks.
  for (const auto& candidate : candidates)
    judged.push_back({{candidate.name, candidate.is_wrong},
                      judged.empty() ? tangent.theory_stack : candidate_stack(tangent, candidate)});
  const auto& asked = experiment.compare();
  if (!asked.predicts_theory())
    judged.push_back(
        {{"yours, " + std::filesystem::path(asked.prediction).filename().string(), std::nullopt},
         tangent.study.prediction});
  return {std::move(judged), std::move(left_out)};
}

}  // namespace

int power_of_tangent(const model::Experiment& experiment, const RunOptions& options) {
  const auto tangent = prepare_tangent(experiment);
  const auto& study = tangent.study;
  for (const auto& warning : study.log.warnings) say(warning);
  const auto [formulas, left_out] = formulas_of(tangent);
  require_memory(
      tangent_simulation(tangent, study.experiment.study().seed, options.threads).memory() +
          3 * memory_to_report(study),
      study.experiment.simulation().memory_gib, available_memory(options.threads));
  PowerStudy power{.experiment = study.experiment,
                   .formulas = {},
                   .true_ones = fmt::format(
                       "The first two are true: each may be rejected in at most {:.2g}% of all "
                       "runs.",
                       100 * study.experiment.compare().family_error),
                   .left_out = left_out,
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
