// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include <Eigen/Core>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/model/training/training_options.hpp>
#include <wideproof/sim/networks/readout_sampler.hpp>
#include <wideproof/sim/numeric/input_order.hpp>
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
  /// Throws what sim::ReadoutSampler throws.
  ReadoutTrainer(TrainableLaw law, std::int64_t width,
                 std::shared_ptr<const model::TrainingData> data,
                 const model::TrainingOptions& options, model::DType dtype = model::DType::float32,
                 model::Engine engine = model::Engine::automatic);

  /// The network that `seed` and `replicate` name, by recorded step; the same bits for any number
  /// of threads. Active fractions are not looked at, and a tangent kernel does not drift. Throws
  /// model::InputError naming training.learning_rate where outputs grow beyond all numbers.
  model::TrainedNetwork train(std::uint64_t seed, std::int64_t replicate, int threads) const;

  /// Bytes that train() holds at most, estimated from its arrays.
  double memory(int threads) const;
  /// Multiplications of one network.
  double work() const;

 private:
  /// Given K̂ and f_0, N × C.
  model::TrainedNetwork trained(const Eigen::MatrixXd& kernel, const Eigen::MatrixXd& start) const;

  TrainableLaw law_;
  std::shared_ptr<const model::TrainingData> data_;
  model::TrainingOptions options_;
  sim::ReadoutSampler::Options sampled_;
  sim::ReadoutSampler sampler_;
  sim::InputOrder order_;
};

}  // namespace wideproof::train
