// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// What infinite width predicts for one hidden layer. Matrices are P × P over the inputs.
///
/// `gram` is lim (1/n) Σ_i z_i(x_a) z_i(x_b), divided by k_τ(1) for the thresholded ReLU so that
/// its diagonal is the variance of h; raw for every other activation.
struct LayerPrediction {
  Eigen::MatrixXd preactivation;  ///< K^l_ab = Cov(h_i(x_a), h_i(x_b)), weights and bias
  Eigen::MatrixXd gram;
  Eigen::MatrixXd correlation;  ///< gram_ab / √(gram_aa gram_bb)
  /// 1 − K_ab/√(K_aa K_bb) and 1 − correlation_ab, carried as such: they keep their digits where
  /// the inputs nearly coincide, and are exactly 0 where these do.
  Eigen::MatrixXd preactivation_deficit;
  Eigen::MatrixXd deficit;
  /// K^{l+1}, lateral filter included: what the next hidden layer sees. Empty (0 × 0) at the last
  /// layer.
  Eigen::MatrixXd next_kernel;
  /// Where thresholds are order statistics of each input's own: lim (1/n) #{i : active for exactly
  /// one of the two inputs}, P × P. Empty (0 × 0) for other rules and activations.
  Eigen::MatrixXd separating_fraction;
  double active_fraction = 0.0;  ///< lim (1/n) #{i : z_i > 0}
};

/// What wide but finite networks of width n do at one hidden layer, to first order in 1/n. Matrices
/// are P × P and scaled as LayerPrediction::gram.
struct LayerFluctuation {
  Eigen::MatrixXd gram_variance;         ///< lim n·Var(Ĝ_ab)
  Eigen::MatrixXd correlation_variance;  ///< lim n·Var of the correlation; 0 on the diagonal
  /// lim n·(E Ĝ_ab − G_ab), and the same of the correlation. Empty (0 × 0) where not derived.
  Eigen::MatrixXd gram_bias;
  Eigen::MatrixXd correlation_bias;
  /// How many independent neurons one correlated neuron is worth: n·Var of the norm that the next
  /// layer sees (at the last layer: of the Gram's diagonal), given the layer's kernel, without the
  /// lateral filters over that with them.
  double effective_neurons = 1.0;
};

/// LayerFluctuation of each hidden layer, or why there is none.
struct Fluctuation {
  std::vector<LayerFluctuation> layers;  ///< empty where it is not derived
  std::string not_derived;               ///< why `layers` is empty, in a sentence; else empty
  std::string bias_not_derived;          ///< why the biases are empty; else empty
};

/// The infinite-width prediction, and the constants that fix the sampled network.
struct Prediction {
  std::vector<LayerPrediction> layers;  ///< hidden layers 1…depth
  double weight_variance = 0.0;         ///< σ², the critical one where the network asks for it
  double gram_scale = 1.0;              ///< k_τ(1), which `gram` is divided by; 1 if raw
  std::optional<double> tau;            ///< threshold in units of √K; none without a threshold
  double degree_of_correlation = 0.0;   ///< m = Σ_{γ≠0} B(γ)
  std::optional<double> critical_degree_of_correlation;  ///< m*, where it exists (A = δ)
  Fluctuation fluctuation;
  /// σ² of what leads from each layer to the next, from the last of what leads to it; empty where
  /// `weight_variance` is that of all (Network::is_uniform()).
  std::vector<double> layer_weight_variances;

  /// σ² of what leads from hidden layer `layer`, from 1, to the next.
  double weight_variance_from(std::int64_t layer) const {
    return layer_weight_variances.empty()
               ? weight_variance
               : layer_weight_variances.at(static_cast<std::size_t>(layer - 1));
  }
};

}  // namespace wideproof::model
