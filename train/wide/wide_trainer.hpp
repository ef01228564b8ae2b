// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/model/training/training_options.hpp>
#include <wideproof/sim/layers/neuron_blocks.hpp>
#include <wideproof/sim/numeric/input_order.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/train/trainable_law.hpp>
#include <wideproof/train/training_progress.hpp>
#include <wideproof/train/wide/seen_vectors.hpp>
#include <wideproof/train/wide/wide_layer_law.hpp>

namespace wideproof::train {

/// Trains networks by gradient descent on ½Σ(f − y)², all inputs at every step, in the tangent
/// parameterisation, without drawing their weights: exact in law, float64.
///
/// After T steps on P inputs a layer's field has been seen by P (T+1) vectors from the right and
/// P T from the left; what it makes of each is drawn given what it made of those before
/// (SeenField). So a network takes n P T numbers a layer, four times, in place of n², and
/// n P² T² multiplications. Test inputs are vectors too, at recorded steps.
///
/// Outputs at a step have the joint law, with those at all other steps, that they have of networks
/// whose weights are drawn and trained one by one. Tangent kernels, for `tangent_drift`, are taken
/// of at most SeenVectors::most_tangent_inputs inputs.
class WideTrainer {
 public:
  using GoOn = std::function<bool(const Progress&)>;  ///< may be empty

  /// `options`: of plain descent (model::TrainingOptions::is_plain_descent()), all layers trained,
  /// in the tangent parameterisation, on the squared loss; std::invalid_argument for others.
  /// Throws model::InputError for a filter that does not fit the width, for a step as activation
  /// and where all vectors need more numbers than a random stream holds.
  WideTrainer(TrainableLaw law, std::int64_t width, std::shared_ptr<const model::TrainingData> data,
              const model::TrainingOptions& options);

  /// The network that `seed` and `replicate` name, by recorded step; the same bits for any number
  /// of threads; nullopt where `go_on`, asked after each step but the last, said no. Throws
  /// model::InputError naming training.learning_rate where outputs grow beyond all numbers.
  std::optional<model::TrainedNetwork> train(std::uint64_t seed, std::int64_t replicate,
                                             int threads, const GoOn& go_on) const;
  model::TrainedNetwork train(std::uint64_t seed, std::int64_t replicate, int threads) const {
    return *train(seed, replicate, threads, {});
  }

  /// Bytes that train() holds at most, estimated from its arrays.
  double memory(int threads) const;
  /// Bytes that stay from network to network.
  double held() const;
  /// Multiplications of one network.
  double work() const;

 private:
  class Run;

  /// Between inputs, N × N, those that train first.
  struct Angles {
    explicit Angles(Eigen::MatrixXd among)
        : cosines(std::move(among)), order(cosines, sim::InputOrder::By::pivots) {}

    Eigen::MatrixXd cosines;
    sim::InputOrder order;
  };

  std::int64_t trained() const { return static_cast<std::int64_t>(data_->training.size()); }
  std::int64_t points() const { return data_->points(); }
  /// Worked out when a network is first trained: before, a study may be too large for them.
  const Angles& angles() const;

  TrainableLaw law_;
  std::shared_ptr<const model::TrainingData> data_;
  model::TrainingOptions options_;
  std::vector<std::int64_t> record_;
  SeenVectors seen_;
  std::vector<Eigen::Index> rows_;  ///< of the data: those that train, then the others
  sim::NeuronBlocks blocks_;
  sim::BackwardParts parts_;
  WideLayerLaw layer_law_;
  mutable std::once_flag angles_once_;
  mutable std::optional<Angles> angles_;
};

}  // namespace wideproof::train
