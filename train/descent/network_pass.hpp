// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/model/training/training_options.hpp>
#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/train/descent/layer_response.hpp>
#include <wideproof/train/descent/network_parameters.hpp>
#include <wideproof/train/descent/worker_team.hpp>
#include <wideproof/train/regularizers/dropout_masks.hpp>
#include <wideproof/train/trainable_law.hpp>

namespace wideproof::train {

/// Pushes inputs through a network and gradients back, by hand:
///
///   h = F_A (c θ z̃ + b β),   z = φ(h − t),   z̃ = F_Bᵀ z of the layer before;   f = c v z of the
///   last D = F_Aᵀ ∂loss/∂h,   ∂loss/∂z = F_B (c θᵀ D),   ∂loss/∂θ = c D z̃ᵀ,   ∂loss/∂β = b Σ_a D_a
///
/// F_A and F_B are absent where weights themselves are trained, F_B at the first layer and at the
/// readout too. Where a step drops activations, z̃ is of m z in place of z, m being their mask, and
/// ∂loss/∂z of m times what comes back. Products are cut along what is not summed, in blocks that
/// the team shares out: the bits do not depend on the number of threads.
class NetworkPass {
 public:
  /// `widths`: of the hidden layers below the readout; without any, inputs are what the readout
  /// sees. `most_inputs`: of one pass.
  NetworkPass(const TrainableLaw& law, const model::TrainingOptions& options,
              const std::vector<std::int64_t>& widths, std::int64_t outputs,
              std::int64_t most_inputs, at::ScalarType dtype, WorkerTeam& team);

  /// Whose masks a pass multiplies its hidden layers' activations by; null: it drops none.
  struct Dropped {
    const DropoutMasks* masks = nullptr;
    std::int64_t step = 0;
  };

  /// f, B × C, until the next pass. `inputs`: B × dimension, kept until backward().
  const at::Tensor& forward(const NetworkParameters& parameters, const at::Tensor& inputs,
                            const Dropped& dropped);
  const at::Tensor& forward(const NetworkParameters& parameters, const at::Tensor& inputs) {
    return forward(parameters, inputs, {});
  }

  /// What becomes of gradients: into ← keep·into + weight·∂loss/∂θ.
  struct Use {
    NetworkParameters* into = nullptr;  ///< null: nothing
    double weight = 1.0;
    double keep = 0.0;
  };

  /// `errors`: ∂loss/∂f of the last forward(), B × C. `use.into` may be `parameters`: those of a
  /// layer are read before they change. `of_layers`: what the loss's gradient has besides, by the
  /// activations z of each hidden layer, B × n; empty where there is nothing.
  void backward(const NetworkParameters& parameters, const at::Tensor& errors, const Use& use,
                const std::vector<at::Tensor>& of_layers = {});

  std::int64_t hidden() const { return static_cast<std::int64_t>(layers_.size()); }
  /// z of hidden layer `layer`, from 0, B × n.
  at::Tensor activations(std::size_t layer) const { return rows_of(layers_[layer].z); }
  /// f of the last forward(), B × C.
  const at::Tensor& outputs() const { return result_; }
  /// z̃ that a layer's weights act on, the readout's last; B × fan-in.
  at::Tensor received(std::size_t layer) const;
  /// D of a hidden layer after backward(), B × n.
  at::Tensor gradients(std::size_t layer) const { return rows_of(layers_[layer].gradients); }

 private:
  struct Layer {
    at::Tensor h = {};  ///< the same tensor as z where it need not be kept
    at::Tensor z;
    at::Tensor filtered = {};  ///< F_Bᵀz for the next layer, where it differs
    at::Tensor gradients;
    at::Tensor mask = {}, dropped = {};  ///< m and m z, where training drops activations
    sim::LateralConvolver presynaptic, postsynaptic;  ///< of a field; else the identity
  };

  at::Tensor rows_of(const at::Tensor& buffer) const { return buffer.narrow(0, 0, inputs_); }
  void activate(const LayerParameters& parameters, std::size_t layer);
  void activate_rows(std::size_t layer);
  void receive(const LayerParameters& parameters, std::size_t layer, std::int64_t first,
               std::int64_t size);
  void pass_back(const LayerParameters& parameters, const at::Tensor& gradients, std::size_t layer,
                 const Use& use);
  void respond_back(std::size_t layer);
  /// What the next layer receives, but for the filter.
  const at::Tensor& sent(const Layer& layer) const {
    return is_dropping_ ? layer.dropped : layer.z;
  }

  LayerResponse response_;
  WorkerTeam& team_;
  std::vector<Layer> layers_;
  at::Tensor outputs_;
  at::Tensor first_;         ///< inputs of the last forward()
  at::Tensor result_;        ///< of outputs_ what is in use
  std::int64_t inputs_ = 0;  ///< B of the last forward()
  Dropped dropped_;          ///< of the last forward()
  bool is_dropping_ = false;
  std::vector<at::Tensor> of_layers_;  ///< of the present backward()
};

}  // namespace wideproof::train
