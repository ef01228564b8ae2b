// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/model/dimension/input_ensemble.hpp>
#include <wideproof/model/dimension/synapses.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/sim/ensembles/synapse_weights.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>

namespace wideproof::sim {

struct EnsembleOptions {
  SampledLaw law = {};  ///< no postsynaptic filter
  model::Synapses synapses = {};
  model::InputEnsemble ensemble = {};
  std::int64_t width = 0;
  model::DType dtype = model::DType::float32;
  model::Engine engine = model::Engine::automatic;
};

/// The layers of the networks that an ensemble of inputs is sent through: how large each is, and
/// which engine draws it (EnsembleSampler). Layer 0 is the ensemble, mixed of its factors where it
/// is correlated.
class EnsembleShape {
 public:
  /// `data`: the inputs of an ensemble from a file, samples × dimension; else 0 × 0. Throws
  /// InputError for values that are out of range or do not go together, and where a layer has more
  /// numbers than a random stream holds.
  EnsembleShape(EnsembleOptions options, const Eigen::MatrixXd& data);

  const EnsembleOptions& options() const { return options_; }
  at::ScalarType dtype() const;
  std::int64_t width() const { return options_.width; }
  std::int64_t samples() const { return options_.ensemble.samples; }

  /// Columns of a layer: M, and as many again for learning.
  std::int64_t columns() const;
  std::int64_t fan_in(std::int64_t layer) const;
  bool has_bias(std::int64_t layer) const;
  bool is_first_of_data(std::int64_t layer) const;
  /// Whether layer `layer` is drawn without its weights.
  bool is_collapsed(std::int64_t layer) const;
  SynapseLayer synapse_layer(std::int64_t layer) const;

 private:
  void check(const Eigen::MatrixXd& data) const;

  EnsembleOptions options_;
  std::int64_t data_dimension_;
};

}  // namespace wideproof::sim
