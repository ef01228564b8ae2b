// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/compare/matrices/matrix_name.hpp>
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
  /// 1 where an entry of finite networks has no limit that `gram` could predict, else 0; empty
  /// (0 × 0) where all have one. Correlations have none where they are divided by such entries.
  Eigen::MatrixXd without_limit;
};

/// Whether an entry has a limit, by PredictedLayer::without_limit.
bool has_limit(const Eigen::MatrixXd& without_limit, const Entry& entry);

/// correlation_ab = gram_ab / √(gram_aa gram_bb) for each layer's gram. Throws model::InputError
/// naming `compare.prediction` and the layer unless gram is square, finite and symmetric (to 1e-6
/// of √(gram_aa gram_bb)), its diagonal in [2^−450, 2^450] and its correlations in [−1, 1] (to
/// 1e-5). `names`: what it calls the matrices, see matrix_name().
std::vector<PredictedLayer> predicted_layers(const std::vector<Eigen::MatrixXd>& grams,
                                             const std::vector<MatrixName>& names = {});

/// Sets what is known of the pairs of inputs in the network that was sampled, `network` its own
/// prediction, which tells what can be judged of any prediction of as many layers.
void describe_pairs(const model::Prediction& network, std::vector<PredictedLayer>& layers);

/// With the fluctuations and biases that the prediction holds.
std::vector<PredictedLayer> predicted_layers(const model::Prediction& prediction);

}  // namespace wideproof::compare
