// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <wideproof/model/network.hpp>
#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/model/training/training_options.hpp>
#include <wideproof/train/auto_encoder/auto_encoder.hpp>
#include <wideproof/train/descent/training_hooks.hpp>

namespace wideproof::train {

/// Trains supervised online auto-encoders of one width, one input an update. Steps are updates; the
/// outputs that are looked at are f. W_out and θ start as normals, W as
/// model::AutoEncoderOptions::start says; its columns are projected after each epoch.
class AutoEncoderTrainer {
 public:
  /// Throws model::InputError naming network.activation, training.auto_encoder.kept (more than the
  /// width), training.auto_encoder.jitter (inputs that are not square images) or training.record
  /// (beyond the last step).
  AutoEncoderTrainer(const model::Network& network, std::int64_t width,
                     std::shared_ptr<const model::TrainingData> data,
                     const model::TrainingOptions& options);

  /// Trains the network that seed and replicate name, and shows it after the recorded steps; fewer
  /// where `hooks` stopped it. One thread; the same bits whether it was stopped and resumed or not.
  /// Throws model::InputError naming training.learning_rate where the objective is no longer
  /// finite.
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
  class Run;

  AutoEncoder start(const sim::NetworkId& id) const;
  struct Seen {
    model::TrainedState state;
    double validation_loss = 0.0;
  };
  Seen look(AutoEncoder& network, const sim::NetworkId& id, std::int64_t step) const;

  model::Network network_;
  std::int64_t width_;
  std::shared_ptr<const model::TrainingData> data_;
  model::TrainingOptions options_;
  std::vector<std::int64_t> record_;
  AutoEncoder::Weights inputs_;   ///< N × dimension
  AutoEncoder::Weights targets_;  ///< N × C
  std::int64_t side_ = 0;         ///< of square images; 0 without jitter
};

}  // namespace wideproof::train
