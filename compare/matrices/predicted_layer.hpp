// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/model/prediction.hpp>

namespace wideproof::compare {

/// What is predicted for one hidden layer, P × P each: by the theory room, or by the user.
struct PredictedLayer {
  Eigen::MatrixXd gram;
  Eigen::MatrixXd correlation;
  /// As in model::LayerPrediction, of the network that was sampled; empty (0 × 0) where not known.
  /// They tell which pairs can be judged, whoever made the prediction.
  Eigen::MatrixXd preactivation_deficit;
  Eigen::MatrixXd deficit;
  Eigen::MatrixXd separating_fraction;
  /// As in model::LayerFluctuation; empty (0 × 0) where not predicted.
  Eigen::MatrixXd gram_variance;         ///< lim n·Var(Ĝ_ab)
  Eigen::MatrixXd correlation_variance;  ///< the same of the correlation
  Eigen::MatrixXd gram_bias;             ///< lim n·(E Ĝ_ab − G_ab)
  Eigen::MatrixXd correlation_bias;      ///< the same of the correlation
  /// false: a finite network's diagonal does not tend to that of `gram`, and neither then do
  /// correlations, which are divided by it. Entries off the diagonal are judged alone.
  bool has_diagonal = true;
};

/// correlation_ab = gram_ab / √(gram_aa gram_bb) for each layer's gram. Throws model::InputError
/// naming `compare.prediction` and the layer unless gram is square, finite and symmetric (to 1e-6
/// of √(gram_aa gram_bb)), its diagonal in [2^−450, 2^450] and its correlations in [−1, 1] (to
/// 1e-5).
std::vector<PredictedLayer> predicted_layers(const std::vector<Eigen::MatrixXd>& grams);

/// Sets what is known of the pairs of inputs in the network that was sampled, `network` its own
/// prediction, which tells what can be judged of any prediction of as many layers.
void describe_pairs(const model::Prediction& network, std::vector<PredictedLayer>& layers);

/// With the fluctuations and biases that the prediction holds.
std::vector<PredictedLayer> predicted_layers(const model::Prediction& prediction);

}  // namespace wideproof::compare
