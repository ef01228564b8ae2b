// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/power.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/app/kinds/gram/gram_simulation.hpp>
#include <wideproof/app/kinds/gram/judged_gram.hpp>
#include <wideproof/app/study/power_run.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/memory.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/recursion/wrong_formulas.hpp>

namespace wideproof::app {
namespace {

using compare::Outcome;

/// A formula that is judged, and by which experiment: what is claimed of norms, that says.
struct JudgedFormula {
  std::string name;
  std::optional<bool> is_wrong;  ///< nullopt of the user's own
  std::vector<compare::PredictedLayer> prediction;
  model::Experiment experiment;
};

/// What is judged, and what says nothing of this experiment.
struct Formulas {
  std::vector<JudgedFormula> judged;
  std::vector<theory::LeftOutFormula> left_out;
};

/// Wrong formulas are of kernels that start from cosines.
void require_plain_inputs(const model::Experiment& experiment) {
  const auto& network = experiment.network();
  const auto refuse = [](std::string_view key, const auto& value) {
    throw model::InputError(key, value,
                            "power takes inputs of unit norm and a first layer without variances "
                            "of its own");
  };
  if (!experiment.inputs().normalize) refuse("inputs.normalize", false);
  if (network.input_weight_variance() != 1)
    refuse("network.input_weight_variance", network.input_weight_variance());
  if (network.input_bias_variance() != 0)
    refuse("network.input_bias_variance", network.input_bias_variance());
  if (!network.is_uniform() || !network.has_one_width())
    throw model::InputError("network.layers",
                            fmt::format("{} layers", network.options().layers.size()),
                            "power takes layers that are all alike; leave it out");
}

Formulas formulas_of(const PreparedGram& study) {
  auto options = study.experiment.options();
  options.compare.prediction = "theory";
  options.compare.prediction_kind = model::PredictionKind::gram;
  const model::Experiment of_theory(std::move(options));
  auto [candidates, left_out] =
      theory::candidate_formulas(study.experiment.network(), study.inputs, study.theory);
  std::vector<JudgedFormula> judged;
  for (const auto& candidate : candidates) {
    // The theory, which is the first, with all that it knows of finite networks.
    auto prediction = judged.empty() ? compare::predicted_layers(study.theory)
                                     : compare::predicted_layers(candidate.grams);
    compare::describe_pairs(study.theory, prediction);
    judged.push_back({candidate.name, candidate.is_wrong, std::move(prediction), of_theory});
  }
  const auto& asked = study.experiment.compare();
  if (!asked.predicts_theory())
    judged.push_back({"yours, " + std::filesystem::path(asked.prediction).filename().string(),
                      std::nullopt, study.prediction, study.experiment});
  return {std::move(judged), std::move(left_out)};
}

}  // namespace

int power_of_gram(const model::Experiment& experiment, const RunOptions& options) {
  require_plain_inputs(experiment);
  const auto study = prepare_gram(experiment);
  for (const auto& warning : study.log.warnings) say(warning);
  const auto [formulas, left_out] = formulas_of(study);
  const auto first_seed = study.experiment.study().seed;
  require_memory(
      gram_simulation(study, first_seed, options.threads).memory() + memory_to_report(study),
      study.experiment.simulation().memory_gib, available_memory(options.threads));
  PowerStudy power{
      .experiment = study.experiment,
      .formulas = {},
      .true_ones = fmt::format(
          "The first two are true: each may be rejected in at most {:.2g}% of all runs.",
          100 * study.experiment.compare().family_error),
      .left_out = left_out,
      .run = {}};
  for (const auto& formula : formulas) power.formulas.push_back({formula.name, formula.is_wrong});
  power.run = [&](std::uint64_t seed, const GoOn& go_on,
                  const OnStage& on_stage) -> std::optional<std::vector<Outcome>> {
    const auto simulation = gram_simulation(study, seed, options.threads);
    auto state = simulation.start();
    const auto tell = [&](const sim::Progress& progress) { return go_on(run_progress(progress)); };
    if (!simulation.run(state, tell)) return std::nullopt;
    compare::GramResults results{
        study.theory, {}, simulation.measurement(state), simulation.series(state)};
    std::vector<Outcome> outcomes;
    for (const auto& formula : formulas) {
      results.prediction = formula.prediction;
      outcomes.push_back(assess_gram(formula.experiment, results, on_stage).verdict.outcome);
    }
    return outcomes;
  };
  return run_power(power, options);
}

}  // namespace wideproof::app
