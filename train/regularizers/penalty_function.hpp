// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/model/training/regularizer_options.hpp>

namespace wideproof::train {

/// R of ActivationPenalty as LibTorch's autograd has it, for losses of modules of one's own: a
/// scalar of the activations' dtype, to be multiplied by λ and added to a loss.
///
/// `layers`: M × n each, on the CPU, of one floating dtype; hidden layers, of which
/// options.neurons_of() neurons are taken, and last the outputs. options.strength is not read. It
/// can be differentiated once. Throws std::invalid_argument for options that are not of
/// correlations or no layers; else what ActivationPenalty throws.
at::Tensor activation_penalty(const model::RegularizerOptions& options,
                              const std::vector<at::Tensor>& layers);

}  // namespace wideproof::train
