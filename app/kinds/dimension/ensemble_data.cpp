// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/ensemble_data.hpp>

#include <wideproof/model/dimension/dimension_spec.hpp>

namespace wideproof::app {

EnsembleData::EnsembleData(const model::Experiment& experiment) {
  const auto& ensemble = model::dimension_of(experiment).ensemble;
  if (ensemble.is_data()) inputs = model::load_ensemble(ensemble, log);
}

}  // namespace wideproof::app
