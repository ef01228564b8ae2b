// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/ensemble_data.hpp>

#include <wideproof/model/dimension/dimension_spec.hpp>

namespace wideproof::app {

EnsembleData::EnsembleData(const model::Experiment& experiment) {
  const auto& ensemble = model::dimension_of(experiment).ensemble;
  if (ensemble.is_data()) inputs = model::load_ensemble(ensemble, log);
}

report::InputSummary input_summary(const model::Experiment& experiment, const EnsembleData& data) {
  if (data.inputs) return {data.inputs->source(), data.inputs->count(), data.inputs->dimension()};
  const auto& ensemble = model::dimension_of(experiment).ensemble;
  return {std::string(name_of(ensemble.source)), ensemble.samples, 0};
}

}  // namespace wideproof::app
