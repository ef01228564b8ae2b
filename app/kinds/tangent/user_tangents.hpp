// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::app {

/// Puts the user's own matrices, compare.prediction, in the place of the theory's: with
/// compare.prediction_kind = "gram" the Gram matrices of all layers; with "tangent" all tangent
/// kernels that are measured, the output's last. `stack`: the theory's, as compare::predicted_stack
/// orders it.
///
/// Throws model::InputError naming compare.prediction or compare.prediction_kind.
void put_user_tangents(const model::Experiment& experiment,
                       std::vector<compare::PredictedLayer>& stack, model::ReadLog& log);

}  // namespace wideproof::app
