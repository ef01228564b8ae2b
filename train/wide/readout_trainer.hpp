// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include <Eigen/Core>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/model/training/training_options.hpp>
#include <wideproof/sim/networks/readout_sampler.hpp>
#include <wideproof/sim/numeric/input_order.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/train/trainable_law.hpp>

namespace wideproof::train {

/// Trains the readouts of networks by gradient descent on ½Σ(f − y)² + (λ/2)‖v − v_0‖², all P
/// inputs at every step, hidden layers staying as they are. With K̂_ab = σ_r² (1/n) z_a·z_b, z the
/// last hidden layer's activations, and d the inputs that train, step t gives
///
///   f_t = f_0 − K̂_·d (K̂_dd + λ)⁻¹ (1 − (1 − η(K̂_dd + λ))^t) (f_0 − y)_d,     f_0 ~ N(0, K̂) given K̂
///
/// independently from output to output: exact in law, at the cost of the Gram of one network
/// (sim::ReadoutSampler), a root of it and one eigendecomposition. In the end it is f_0 plus ridge
/// regression on y − f_0. The gain of a mode of value 0 without a ridge is ηt: what K̂ does not
/// reach stays.
class ReadoutTrainer {
 public:
  /// `dtype`: of hidden layers; all else is float64. `options`: of plain descent on the squared
  /// loss in the tangent parameterisation, the readout trained; std::invalid_argument for others.
  /// Throws model::InputError for a filter that does not fit the width, or a law that `dtype` does
  /// not hold.
  ReadoutTrainer(TrainableLaw law, std::int64_t width,
                 std::shared_ptr<const model::TrainingData> data,
                 const model::TrainingOptions& options, model::DType dtype = model::DType::float32,
                 model::Engine engine = model::Engine::automatic);

  /// The network that `seed` and `replicate` name, by recorded step; the same bits for any number
  /// of threads. A tangent kernel does not drift. Throws what sim::ReadoutSampler throws, and
  /// model::InputError naming training.learning_rate where outputs grow beyond all numbers.
  model::TrainedNetwork train(std::uint64_t seed, std::int64_t replicate, int threads) const;

  /// Bytes that train() holds at most, estimated from its arrays.
  double memory(int threads) const;
  /// Bytes that stay from network to network.
  double held() const;
  /// Multiplications of one network.
  double work() const;

 private:
  /// Of N × N numbers, each.
  struct Sampling {
    Sampling(const sim::ReadoutSampler::Options& sampled, const Eigen::MatrixXd& inputs)
        : sampler(sampled, inputs),
          order(inputs * inputs.transpose(), sim::InputOrder::By::distances) {}

    sim::ReadoutSampler sampler;
    sim::InputOrder order;
  };

  /// Worked out when a network is first trained: before, a study may be too large for it.
  const Sampling& sampling() const;
  /// Given K̂ and f_0, N × C.
  model::TrainedNetwork trained(const sim::NetworkId& id, const Eigen::MatrixXd& kernel,
                                const Eigen::MatrixXd& start) const;

  TrainableLaw law_;
  std::shared_ptr<const model::TrainingData> data_;
  model::TrainingOptions options_;
  sim::ReadoutSampler::Options sampled_;
  mutable std::once_flag sampling_once_;
  mutable std::optional<Sampling> sampling_;
};

}  // namespace wideproof::train
