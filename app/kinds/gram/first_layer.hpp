// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::app {

/// Whether all of the experiment's inputs have one norm: they are scaled to 1, or come so, to
/// 1e-12.
bool have_one_norm(const model::Experiment& experiment, const model::Inputs& inputs);

/// What weights of unit variance and no bias act on in place of the inputs: (σ_1 x, σ_b1), a row an
/// input, without its last column where σ_b1 = 0.
Eigen::MatrixXd first_layer_vectors(const model::Experiment& experiment,
                                    const model::Inputs& inputs);

/// The infinite-width limit for these inputs, scaled or not. Throws what theory::predict() does,
/// and InputError naming network.threshold for fixed thresholds of inputs of several norms.
model::Prediction predict_gram(const model::Experiment& experiment, const model::Inputs& inputs);

}  // namespace wideproof::app
