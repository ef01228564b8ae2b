// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/app/kinds/training/loaded_training.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/sparsity/persistence_numbers.hpp>

namespace wideproof::app {

/// How many of the first training inputs the persistence of untrained networks is looked at; 0
/// where it was not asked for.
std::int64_t persistence_inputs(const model::Experiment& experiment, const LoadedTraining& loaded);

/// What is predicted of networks of each width on these inputs. Throws model::InputError naming
/// compare.persistence where correlations do not exist.
model::PersistenceByWidth predict_persistence(const model::Experiment& experiment,
                                              const LoadedTraining& loaded);

}  // namespace wideproof::app
