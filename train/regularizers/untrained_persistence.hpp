// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/model/sparsity/persistence_numbers.hpp>
#include <wideproof/train/regularizers/neuron_correlations.hpp>

namespace wideproof::train {

/// R of ActivationPenalty of all three kinds, of all neurons of these layers, M × n each; `a`: of
/// t2.
model::PersistenceNumbers untrained_persistence(const std::vector<at::Tensor>& layers, double a,
                                                const ForEachBlock& for_each);

}  // namespace wideproof::train
