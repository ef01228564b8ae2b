// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/model/activation.hpp>
#include <wideproof/model/lateral_filter.hpp>
#include <wideproof/model/nonlinearity/pointwise.hpp>

namespace wideproof::model {

/// The network whose infinite-width limit is studied (Chun & Lee 2024), width left open:
///
///   h^l_i(x) = Σ_j W^l_ij z^{l−1}_j(x) + b_i,   z^l_i(x) = φ(h^l_i(x) − t^l(x)),   l = 1…depth
///
/// with z⁰ = x and zero-mean Gaussian weights of covariance
///
///   l = 1:  Cov(W_ij, W_kl) = σ_1² A(i−k) δ_jl
///   l ≥ 2:  Cov(W_ij, W_kl) = (σ²/n) A(i−k) B(j−l)
///
/// A: `postsynaptic`, across the receiving neurons, at every layer. B: `presynaptic`, across the
/// sending neurons, from the second layer on (an input vector is no sheet of neurons). Biases have
/// covariance σ_b² A(i−k), at the first layer σ_b1² A(i−k), so that a neuron's weights and bias are
/// shared with its neighbours alike and Cov(h_i, h_{i+δ}) = A(δ) Cov(h_i, h_i). σ_1² = 1 and
/// σ_b1² = 0 unless they are given. A layer may have an activation, a threshold and variances σ²,
/// σ_b² of its own.
class Network {
 public:
  /// What a hidden layer has of its own; nullopt: the network's.
  struct Layer {
    double width_factor = 1.0;  ///< of the width n, which it rounds to the nearest
    std::optional<Activation> activation = std::nullopt;
    std::optional<PointwiseOptions> function = std::nullopt;
    std::optional<double> active_fraction = std::nullopt;
    std::optional<ThresholdRule> threshold = std::nullopt;
    std::optional<double> sparseness = std::nullopt;
    std::optional<bool> is_signed = std::nullopt;
    /// σ² of the weights that lead to it, of the first layer σ_1²; a nullopt within: critical.
    std::optional<std::optional<double>> weight_variance = std::nullopt;
    std::optional<double> bias_variance = std::nullopt;  ///< σ_b², of the first layer σ_b1²

    /// Whether it has more of its own than a width.
    bool has_law() const;
  };

  struct Options {
    std::int64_t depth = 3;  ///< hidden layers
    Activation activation = Activation::thresholded_relu;
    double active_fraction = 0.1;  ///< f, see require_active_fraction()
    ThresholdRule threshold = ThresholdRule::quantile;
    double sparseness = 0.8;  ///< σ* in (0, 1), of sparse_projection
    bool is_signed = true;    ///< whether that keeps signs or leaves out what is negative
    std::optional<double> weight_variance =
        std::nullopt;                    ///< σ²; nullopt: critical, keeps the norm
    double bias_variance = 0.0;          ///< σ_b² ≥ 0; below 1 when σ² is critical
    double input_weight_variance = 1.0;  ///< σ_1² > 0
    double input_bias_variance = 0.0;    ///< σ_b1² ≥ 0
    LateralFilter presynaptic = {};      ///< B
    LateralFilter postsynaptic = {};     ///< A
    std::vector<Layer> layers = {};      ///< one a hidden layer; empty: all alike
    PointwiseOptions function = {};      ///< of a pointwise activation
  };

  /// `Network({})` is the network of the defaults. Throws InputError naming `network.<key>`.
  explicit Network(const Options& options);

  std::int64_t depth() const { return options_.depth; }
  Activation activation() const { return options_.activation; }
  /// The name in an experiment file, such as "thresholded-gelu".
  std::string activation_name() const;
  /// Of a pointwise activation: which function, and the function itself.
  const PointwiseOptions& function() const { return options_.function; }
  const Nonlinearity& nonlinearity() const { return *nonlinearity_; }
  const std::shared_ptr<const Nonlinearity>& shared_nonlinearity() const { return nonlinearity_; }
  double active_fraction() const { return options_.active_fraction; }
  ThresholdRule threshold() const { return options_.threshold; }
  /// A layer's z has ‖z‖₁/‖z‖₂ = √n (1 − σ*) and ‖z‖₂ = √n.
  double sparseness() const { return options_.sparseness; }
  bool is_signed() const { return options_.is_signed; }
  /// σ², or nullopt where the theory is to choose the critical value.
  std::optional<double> weight_variance() const { return options_.weight_variance; }
  double bias_variance() const { return options_.bias_variance; }
  double input_weight_variance() const { return options_.input_weight_variance; }
  double input_bias_variance() const { return options_.input_bias_variance; }
  /// Whether K¹ is the inputs' Gram: σ_1² = 1 and σ_b1² = 0.
  bool has_plain_inputs() const {
    return options_.input_weight_variance == 1 && options_.input_bias_variance == 0;
  }
  const LateralFilter& presynaptic() const { return options_.presynaptic; }
  const LateralFilter& postsynaptic() const { return options_.postsynaptic; }
  /// Whether every layer has n neurons.
  bool has_one_width() const;
  /// Whether all hidden layers have one activation with one threshold, and all weights and biases
  /// from the second layer on one law. Where they have not, what is said above of activation,
  /// threshold, σ² and σ_b² is of no layer in particular: ask like_layer().
  bool is_uniform() const { return layers_.empty(); }
  /// Whether some layer was given more of its own than a width, though it may be what all have.
  bool gives_layers_laws() const { return gives_layers_laws_; }
  /// The uniform network whose activation is that of hidden layer `layer`, from 1, and whose σ² and
  /// σ_b² are of what leads from it to the next; from the last, where that is nothing, of what
  /// leads to it. Its first layer's variances and its filters are this network's.
  const Network& like_layer(std::int64_t layer) const;
  /// Neurons of the hidden layers at width n, each at least 1.
  std::vector<std::int64_t> widths(std::int64_t n) const;
  const Options& options() const { return options_; }

 private:
  void make_layers();

  Options options_;
  std::shared_ptr<const Nonlinearity> nonlinearity_;  ///< of a pointwise activation
  /// like_layer(), those that are alike shared; none where all are.
  std::vector<std::shared_ptr<const Network>> layers_;
  bool gives_layers_laws_ = false;
};

/// Whether φ of some layer jumps somewhere, so that it has no derivative that says all.
bool has_jumps(const Network& network);

/// Whether activities z of some layer can be negative.
bool has_negative_activities(const Network& network);

}  // namespace wideproof::model
