// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/power_of_dimension.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/kinds/dimension/dimension_run.hpp>
#include <wideproof/app/kinds/dimension/judged_dimension.hpp>
#include <wideproof/app/kinds/dimension/predicted_dimension.hpp>
#include <wideproof/app/study/power_run.hpp>
#include <wideproof/app/system/memory.hpp>
#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/dimension/wrong_dimensions.hpp>

namespace wideproof::app {
namespace {

using compare::Outcome;

void require_formulas(const model::Experiment& experiment) {
  const auto& spec = model::dimension_of(experiment);
  if (const auto why = why_not_predicted(experiment); !why.empty())
    throw model::InputError("nothing is predicted: " + why);
  if (spec.ensemble.is_data())
    throw model::InputError("ensemble.source", model::in_quotes(name_of(spec.ensemble.source)),
                            "power knows wrong formulas of white and correlated ensembles only");
  if (!spec.is_predicted())
    throw model::InputError(
        "network.synapses: nothing is predicted of these synapses that a run could be judged by");
}

model::Experiment with_seed(const model::Experiment& experiment, std::uint64_t seed) {
  auto options = experiment.options();
  options.study.seed = seed;
  return model::Experiment(std::move(options));
}

}  // namespace

int power_of_dimension(const model::Experiment& experiment, const RunOptions& options) {
  const auto& spec = model::dimension_of(experiment);
  require_formulas(experiment);
  const auto formulas = theory::candidate_dimensions(experiment.network(), spec.synapses,
                                                     input_moments(spec.ensemble));
  const auto data = std::make_shared<const EnsembleData>(experiment);
  const DimensionRun first(experiment, data);
  require_memory(first.memory_for_blocks() * options.threads, experiment.simulation().memory_gib,
                 available_memory(options.threads));
  PowerStudy power{.experiment = experiment,
                   .formulas = {},
                   .true_ones = fmt::format("The first is true: it may be rejected in at most "
                                            "{:.2g}% of all runs.",
                                            100 * experiment.compare().family_error),
                   .run = {}};
  for (const auto& formula : formulas) power.formulas.push_back({formula.name, formula.is_wrong});
  power.run = [&](std::uint64_t seed, const GoOn& go_on,
                  const OnStage&) -> std::optional<std::vector<Outcome>> {
    DimensionRun run(with_seed(experiment, seed), data);
    run.use_threads(options.threads);
    const auto measurement = run.measure(go_on);
    if (!measurement) return std::nullopt;
    std::vector<Outcome> outcomes;
    for (const auto& formula : formulas) {
      const model::DimensionPrediction prediction{judged_layers(formula.layers), {}};
      outcomes.push_back(
          compare::assess_dimension(prediction, *measurement, dimension_options(experiment))
              .verdict.outcome);
    }
    return outcomes;
  };
  return run_power(power, options);
}

}  // namespace wideproof::app
