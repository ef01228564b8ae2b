// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_options.hpp>
#include <wideproof/train/trainable_law.hpp>

namespace wideproof::train::testing {

/// Mistakes that a test must see.
enum class Mistake {
  none,
  fresh_backward,   ///< gradients pass a field of their own, as if they had not seen the network
  no_postsynaptic,  ///< gradients pass no postsynaptic filter
  late_step,        ///< each step goes along the gradient of the one before
  frozen_readout,
  frozen_bias
};

/// A network all of whose parameters are drawn, stored as matrices and trained one by one: filters
/// are matrices too, gradients are written out by hand. It shares no code with train/wide.
class DenseNetwork {
 public:
  DenseNetwork(const TrainableLaw& law, Eigen::Index width, Eigen::Index dimension,
               Eigen::Index outputs, std::mt19937_64& engine);

  struct Pass {
    std::vector<Eigen::MatrixXd> h, z;                           ///< n × m
    std::vector<std::vector<Eigen::VectorXd>> threshold_slopes;  ///< ∂t/∂h, by layer and input
    std::vector<Eigen::VectorXd> thresholds;
    Eigen::MatrixXd outputs;  ///< m × C
  };

  Pass forward(const Eigen::MatrixXd& inputs) const;

  /// One number a parameter.
  struct Parameters {
    std::vector<Eigen::MatrixXd> weights;
    std::vector<Eigen::VectorXd> biases;
    Eigen::MatrixXd readout;  ///< C × n

    double dot(const Parameters& other) const;
  };

  /// Of Σ_ka factors_ak y_k(x_a) in what is trained.
  Parameters gradient(const Eigen::MatrixXd& inputs, const Pass& pass,
                      const Eigen::MatrixXd& factors, const model::TrainingOptions& options,
                      Mistake mistake) const;

  void move(const Parameters& gradient, double rate, const model::TrainingOptions& options,
            Mistake mistake);

 private:
  Eigen::MatrixXd weight(std::size_t layer) const;

  TrainableLaw law_;
  Eigen::Index width_;
  Eigen::MatrixXd post_, pre_;              ///< F_A, F_B
  Parameters parameters_;                   ///< ω, β and v
  std::vector<Eigen::MatrixXd> strangers_;  ///< fields that no activation passes
};

/// x/(1 + x), which has moments whatever law x ≥ 0 has; 0 of what does not exist, in networks none
/// of whose last neurons is active.
inline double bounded(double x) {
  return std::isnan(x) ? 0 : x / (1 + x);
}

/// What one network shows: outputs at all recorded steps, its tangent kernel's change and the last
/// layer's dimension, both bounded().
Eigen::VectorXd dense_features(const TrainableLaw& law, Eigen::Index width,
                               const model::TrainingData& data,
                               const model::TrainingOptions& options, Mistake mistake,
                               std::mt19937_64& engine);

}  // namespace wideproof::train::testing
