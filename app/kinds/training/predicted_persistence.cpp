// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/predicted_persistence.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/theory/persistence/sampled_persistence.hpp>
#include <wideproof/theory/persistence/spanning_tree.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::app {
namespace {

constexpr std::int64_t most_persistence_inputs = 256;
constexpr std::int64_t least_persistence_inputs = 3;
/// Correlations of more would take gigabytes, and minutes a draw.
constexpr std::int64_t most_persistent_neurons = 20'000;

void require_correlatable(const model::Experiment& experiment, const LoadedTraining& loaded) {
  const auto samples = persistence_inputs(experiment, loaded);
  if (samples < least_persistence_inputs)
    throw model::InputError(
        "compare.persistence", "true",
        fmt::format("needs {} inputs that train or more, and there {} {}: the correlation of two "
                    "neurons over fewer is always 1 or -1",
                    least_persistence_inputs, samples == 1 ? "is" : "are", samples));
  const auto widths = experiment.network().widths(experiment.simulation().widths.back());
  const auto neurons =
      std::accumulate(widths.begin(), widths.end(), std::int64_t{loaded.data->outputs()});
  if (neurons > most_persistent_neurons)
    throw model::InputError(
        "compare.persistence", "true",
        fmt::format("correlates at most {} neurons, hidden ones and outputs, and the widest "
                    "networks have {}",
                    most_persistent_neurons, neurons));
}

model::Prediction limit_on_first(const model::Experiment& experiment,
                                 const LoadedTraining& loaded) {
  const auto& training = loaded.data->training;
  const auto count = persistence_inputs(experiment, loaded);
  const model::Inputs first(loaded.source,
                            loaded.all->vectors({training.begin(), training.begin() + count}));
  return theory::predict(experiment.network(), first.deficits());
}

}  // namespace

std::int64_t persistence_inputs(const model::Experiment& experiment, const LoadedTraining& loaded) {
  if (!experiment.compare().persistence) return 0;
  return std::min<std::int64_t>(std::ssize(loaded.data->training), most_persistence_inputs);
}

model::PersistenceByWidth predict_persistence(const model::Experiment& experiment,
                                              const LoadedTraining& loaded) {
  require_correlatable(experiment, loaded);
  const auto samples = persistence_inputs(experiment, loaded);
  const auto limit = limit_on_first(experiment, loaded);
  const double a = model::training_of(experiment).training.regularizer.a;
  model::PersistenceByWidth all;
  for (const auto width : experiment.simulation().widths) {
    const auto groups =
        theory::neuron_groups(experiment.network(), limit, width, loaded.data->outputs());
    if (!groups) throw std::logic_error("persistence: receiving neurons are correlated");
    model::WidthPersistence at{.width = width, .samples = samples};
    for (const auto& group : *groups) at.neurons += group.count;
    const auto sampled = theory::sampled_persistence(
        *groups, a, {theory::draws_of_persistence(at.neurons), experiment.study().seed});
    const auto null = theory::independent_persistence(at.neurons, samples, a);
    at.draws = sampled.draws;
    at.predicted = sampled.mean;
    at.error = sampled.standard_error;
    at.independent = {null.total, null.spread, null.mean_absolute_correlation};
    at.scale = at.predicted;
    at.scale.t1 = -at.predicted.t1;
    at.scale.t2 += 2 * (1 - a) * at.scale.t1 / static_cast<double>(at.neurons - 1);
    all.push_back(at);
  }
  return all;
}

}  // namespace wideproof::app
