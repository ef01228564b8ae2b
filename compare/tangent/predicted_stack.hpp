// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/tangent/tangent_prediction.hpp>
#include <wideproof/model/tangent/tangent_stack.hpp>

namespace wideproof::compare {

/// What is predicted of each matrix of `stack`, with the fluctuations and biases that the
/// prediction holds.
std::vector<PredictedLayer> predicted_stack(const model::TangentPrediction& prediction,
                                            const model::TangentStack& stack);

}  // namespace wideproof::compare
