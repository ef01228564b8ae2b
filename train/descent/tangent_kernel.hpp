// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/train/descent/network_parameters.hpp>
#include <wideproof/train/descent/network_pass.hpp>

namespace wideproof::train {

/// The first output's tangent kernel on B inputs, over the parameters that train,
///
///   Θ_ab = c² z_a·z_b + Σ_l (c_l² z̃_a·z̃_b + b_l²) D_a·D_b,
///
/// c z_a that of the readout, D the gradients by the pre-activations of the hidden layers that
/// train (NetworkPass) and b_l² where there are biases: B × B.
Eigen::MatrixXd tangent_kernel(NetworkPass& pass, const NetworkParameters& parameters,
                               const at::Tensor& inputs);

}  // namespace wideproof::train
