// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/model/gradients.hpp>
#include <wideproof/model/training/training_options.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/train/descent/worker_team.hpp>
#include <wideproof/train/trainable_law.hpp>

namespace wideproof::train {

/// What training moves of a layer: h = c θ z̃ + b β, where z̃ is z or, of a field, F_Bᵀz (and h is
/// yet to be convolved by F_A). Under the tangent parameterisation θ is ω or X and c = s; under the
/// standard one θ = s ω or s X and c = 1; biases likewise.
struct LayerParameters {
  at::Tensor weights;         ///< θ, neurons × fan-in
  at::Tensor biases;          ///< β; undefined where the layer has none
  double weight_scale = 1.0;  ///< c
  double bias_scale = 1.0;    ///< b
};

/// The hidden layers' and then the readout's, which is a layer of C neurons without biases.
using NetworkParameters = std::vector<LayerParameters>;

/// The parameters before training of the network that `id` names: that of
/// sim::SparseCorrelatedNetwork, with a readout of C outputs. Output k's weights are the stream's
/// normals k·n, k·n + 1, …: the first output is that of sim::TangentSampler. Layers of different
/// widths are model::Network::widths() of the id's.
NetworkParameters draw_parameters(const TrainableLaw& law, const sim::NetworkId& id,
                                  std::int64_t dimension, std::int64_t outputs,
                                  const model::TrainingOptions& options, at::ScalarType dtype,
                                  WorkerTeam& team);

/// F_A X F_B, what the filters make of the field of a layer above the first, n × n; X itself where
/// there are none.
at::Tensor shaped_weights(const at::Tensor& field, const model::Network& network, WorkerTeam& team);

/// Of the same shapes and scales, of any content.
NetworkParameters like(const NetworkParameters& parameters);

/// All tensors, layer by layer, weights before biases.
std::vector<at::Tensor> tensors_of(const NetworkParameters& parameters);

}  // namespace wideproof::train
