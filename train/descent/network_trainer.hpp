// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <ATen/core/ScalarType.h>

#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/model/training/training_options.hpp>
#include <wideproof/train/descent/training_hooks.hpp>
#include <wideproof/train/descent/training_plan.hpp>
#include <wideproof/train/trainable_law.hpp>

namespace wideproof::train {

/// Trains networks of one width weight by weight.
///
/// Before training they are the networks that sim samples of the same seed, width and replicate.
/// Inputs come in full or in batches (BatchOrder); gradients are worked out by hand (NetworkPass)
/// and become steps by ParameterStep. Thresholds are set anew in each forward pass, by the
/// network's rule, for each input from its own pre-activations.
///
/// A regulariser's correlations are of the step's batch, hidden layers as they are and outputs
/// before f_0 is taken off. With dropout they come from a pass of their own that drops nothing.
///
/// A centred network trains and shows f − f_0. Where a patience is given, training ends with the
/// recorded state after which it runs out; that state and those after it are the best one's, that
/// of the lowest loss on the validation inputs.
class NetworkTrainer {
 public:
  /// Throws model::InputError naming training.batch_size, where a batch is larger than the training
  /// inputs are many; training.record, where it exceeds the last step; network.activation, for a
  /// step whose hidden layers would have to train; a filter that does not fit the width; or
  /// training.regularizer.<key>, for batches of one input or more neurons than layers have.
  /// `persistence_inputs`: training inputs, from the first, on which networks show
  /// TrainedState::persistence; 0: they do not. At most TrainingPlan::looked_at_once.
  NetworkTrainer(TrainableLaw law, std::int64_t width,
                 std::shared_ptr<const model::TrainingData> data,
                 const model::TrainingOptions& options, at::ScalarType dtype,
                 std::int64_t persistence_inputs = 0);

  /// The steps after which networks are looked at, rising.
  const std::vector<std::int64_t>& recorded_steps() const { return plan_.record; }

  /// Trains the network that seed and replicate name, and shows it after the recorded steps; fewer
  /// where `hooks` stopped it. The same bits for any number of threads, and whether it was stopped
  /// and resumed or not. Throws model::InputError naming training.learning_rate where the loss is
  /// no longer finite.
  model::TrainedNetwork train(std::uint64_t seed, std::int64_t replicate, int threads,
                              Hooks hooks = {}) const;

  /// Bytes that train() holds at a time, beside the inputs, estimated from its arrays.
  double memory(int threads) const;
  /// Bytes that Hooks::saved gets, estimated likewise.
  double saved() const;
  /// Bytes that stay from network to network.
  double held() const;
  /// Multiplications of one training.
  double work() const;

 private:
  /// Parameters of the hidden layers, and of the readout.
  double hidden_parameters() const;
  double readout_parameters() const;
  /// Neurons that a regulariser's correlations are of; 0 without.
  double correlated_neurons() const;
  /// Those whose persistence is looked at; 0 where it is not.
  double persistent_neurons() const;

  TrainingPlan plan_;
};

}  // namespace wideproof::train
