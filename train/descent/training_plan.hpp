// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_options.hpp>
#include <wideproof/train/trainable_law.hpp>

namespace wideproof::train {

/// What the trainings of all networks of one width share.
struct TrainingPlan {
  TrainableLaw law;
  std::int64_t width = 0;
  std::shared_ptr<const model::TrainingData> data;
  model::TrainingOptions options;
  at::ScalarType dtype = at::kFloat;
  at::Tensor inputs;                 ///< of `data`, N × dimension, in the dtype
  std::int64_t batch = 0;            ///< inputs of a batch
  std::int64_t steps = 0;            ///< T, of the schedule
  std::vector<std::int64_t> record;  ///< steps, rising; nothing is trained beyond the last
  /// First training inputs on which the persistence of untrained networks is looked at; 0: it is
  /// not.
  std::int64_t persistence_inputs = 0;

  /// Inputs of a forward pass that looks at the network.
  static constexpr std::int64_t looked_at_once = 512;
  /// Training inputs up to which tangent kernels are looked at.
  static constexpr std::int64_t most_tangent_inputs = 128;
  /// Training inputs that a regulariser's correlations are looked at of, at most.
  static constexpr std::int64_t most_penalised_inputs = 256;
  /// C·N up to which outputs are kept.
  static constexpr std::int64_t most_kept_outputs = 10000;

  /// Of the hidden layers.
  std::vector<std::int64_t> widths() const { return law.hidden.network.widths(width); }
  std::int64_t training_inputs() const { return static_cast<std::int64_t>(data->training.size()); }
  bool trains_readout_alone() const { return options.layers == model::TrainedLayers::readout; }
  bool has_tangent_drift() const { return training_inputs() <= most_tangent_inputs; }
  /// Of one pass.
  std::int64_t most_inputs() const {
    return std::max({batch, std::min<std::int64_t>(looked_at_once, data->points()),
                     has_tangent_drift() ? training_inputs() : 0});
  }
};

}  // namespace wideproof::train
