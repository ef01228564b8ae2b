// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include <wideproof/model/gradients.hpp>

namespace wideproof::model {

/// Of which layers tangent kernels are measured: the pre-activations of every hidden layer and the
/// output, or the output alone.
enum class TangentLayers { all, output };

std::string_view name_of(TangentLayers layers);
/// Throws InputError naming `key` and every known name.
TangentLayers tangent_layers_from_name(std::string_view key, std::string_view name);

/// What the table [tangent] says.
struct TangentOptions {
  Trained trained = Trained::weights;
  TangentLayers layers = TangentLayers::all;
  ThresholdGradient threshold_gradient = ThresholdGradient::detached;
};

}  // namespace wideproof::model
