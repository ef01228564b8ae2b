// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/tangent_fluctuation.hpp>

#include <cmath>

#include <fmt/format.h>

#include <wideproof/theory/tangent/layer_curvature.hpp>
#include <wideproof/theory/tangent/layer_influences.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using Six = Eigen::Matrix<double, 6, 1>;
using SixSquare = Eigen::Matrix<double, 6, 6>;

std::string reason_for_none(const model::Network& network, const model::TangentOptions& options) {
  const auto activation = network.activation();
  const bool is_thresholded = activation == Activation::thresholded_relu;
  if (!is_thresholded && activation != Activation::relu && activation != Activation::linear) {
    return fmt::format("Fluctuations of tangent kernels are not derived for {}.",
                       network.activation_name());
  }
  if (!network.presynaptic().is_none() || !network.postsynaptic().is_none()) {
    return "Fluctuations of tangent kernels are not derived for correlated weights.";
  }
  if (is_thresholded && network.threshold() != model::ThresholdRule::fixed &&
      options.threshold_gradient == model::ThresholdGradient::through) {
    return "Fluctuations of tangent kernels are not derived for thresholds that hand on gradients.";
  }
  return {};
}

std::string reason_for_no_bias(const model::Network& network) {
  if (network.activation() != Activation::thresholded_relu ||
      network.threshold() == model::ThresholdRule::fixed) {
    return {};
  }
  return "Biases of tangent kernels are not derived for thresholds that are a layer's own.";
}

/// Covariances of a pair's entries through the layers.
class PairTangents {
 public:
  struct Variances {
    double mean, probed;  ///< of the entry ab
    double with_kernel;   ///< covariance with K_ab
  };

  /// Of the layer that is reached.
  Variances variances() const {
    const double mean = covariance_(4, 4);
    return {mean, mean + products_ + crossed_, covariance_(1, 4)};
  }

  double bias() const { return bias_(4); }

  /// To the next layer: `tangent` has Θ_aa, Θ_ab, Θ_bb of the layer that is left. Biases are
  /// carried where a curvature is given.
  void advance(const LayerInfluences& layer, const LayerCurvature* curvature,
               const Eigen::Vector3d& tangent, double weight_variance) {
    const double scale = weight_variance * weight_variance;
    if (curvature != nullptr) {
      bias_ = weight_variance * next_bias(layer, *curvature, tangent);
      regressions_ = scale * curvature->next(regressions_, tangent);
    }
    covariance_ = scale * next(layer, tangent);
    const double own = layer.slope(1) * tangent(1) * tangent(1);
    products_ = scale * (own + layer.slope(0) * layer.slope(2) * products_);
    crossed_ = scale * (own + layer.slope(1) * layer.slope(1) * crossed_);
  }

  /// What the next layer's biases are, at σ² = 1.
  Six next_bias(const LayerInfluences& layer, const LayerCurvature& curvature,
                const Eigen::Vector3d& tangent) const {
    const auto of_kernel = bias_.head<3>();
    const Eigen::Matrix3d kernel = covariance_.topLeftCorner<3, 3>();
    const Eigen::Matrix3d with_tangent = covariance_.topRightCorner<3, 3>();
    Eigen::Vector3d gram = layer.gram_by_kernel * of_kernel;
    Eigen::Vector3d slope = layer.slope_by_kernel * of_kernel;
    for (int entry = 0; entry < 3; ++entry) {
      const auto i = static_cast<std::size_t>(entry);
      gram(entry) += curvature.gram[i].cwiseProduct(kernel).sum() / 2;
      slope(entry) += curvature.slope[i].cwiseProduct(kernel).sum() / 2;
    }
    const Eigen::Vector3d handed_on =
        layer.slope.cwiseProduct(bias_.tail<3>()) + tangent.cwiseProduct(slope) +
        (layer.slope_by_kernel * with_tangent).diagonal() + curvature.pulled(regressions_);
    Six result;
    result << gram, gram + handed_on;
    return result;
  }

  /// Of an output of readout variance 1 after this layer.
  double output(const LayerInfluences& layer, const Eigen::Vector3d& tangent) const {
    return next(layer, tangent)(4, 4) + 2 * layer.slope(1) * tangent(1) * tangent(1) +
           layer.slope(0) * layer.slope(2) * products_ + layer.slope(1) * layer.slope(1) * crossed_;
  }

 private:
  /// J V Jᵀ + N at σ² = 1.
  SixSquare next(const LayerInfluences& layer, const Eigen::Vector3d& tangent) const {
    SixSquare jacobian = SixSquare::Zero();
    jacobian.topLeftCorner<3, 3>() = layer.gram_by_kernel;
    jacobian.bottomLeftCorner<3, 3>() =
        layer.gram_by_kernel + tangent.asDiagonal() * layer.slope_by_kernel;
    jacobian.bottomRightCorner<3, 3>() = layer.slope.asDiagonal();
    SixSquare combine = SixSquare::Zero();
    combine.topLeftCorner<3, 3>().setIdentity();
    combine.bottomLeftCorner<3, 3>().setIdentity();
    combine.bottomRightCorner<3, 3>() = tangent.asDiagonal();
    return jacobian * covariance_ * jacobian.transpose() +
           combine * layer.covariance * combine.transpose();
  }

  SixSquare covariance_ = SixSquare::Zero();
  Six bias_ = Six::Zero();
  LayerCurvature::Products regressions_ = LayerCurvature::Products::Zero();  ///< n C_x(a)·C_y(b)
  double products_ = 0.0;                                                    ///< R
  double crossed_ = 0.0;                                                     ///< R_×
};

Eigen::Vector3d tangents_of(const Eigen::MatrixXd& tangents, Eigen::Index a, Eigen::Index b) {
  return {tangents(a, a), tangents(a, b), tangents(b, b)};
}

void set_entry(Eigen::MatrixXd& matrix, Eigen::Index a, Eigen::Index b, double value) {
  matrix(a, b) = matrix(b, a) = value;
}

/// n·Var of an entry, and n·Cov with that of the kernel.
void set_pair(TangentFluctuation& result, const model::Network& network,
              const model::TangentPrediction& theory, Eigen::Index a, Eigen::Index b) {
  constexpr double coinciding = 1e-10;
  const auto& layers = theory.network.layers;
  PairTangents pair;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const double delta = layers[l].preactivation_deficit(a, b);
    const LayerInfluences layer(network, layers[l].preactivation(a, a),
                                delta > coinciding ? delta : 0.0);
    const auto tangent = tangents_of(theory.tangents[l], a, b);
    const auto [mean, probed, with_kernel] = pair.variances();
    set_entry(result.layers[l], a, b, mean);
    set_entry(result.probed[l], a, b, probed);
    set_entry(result.with_kernel[l], a, b, with_kernel);
    if (l + 1 < layers.size()) {
      pair.advance(layer, nullptr, tangent, theory.network.weight_variance);
    } else {
      const double scale = theory.readout_variance * theory.readout_variance;
      set_entry(result.output, a, b, scale * pair.output(layer, tangent));
    }
  }
}

/// n times the bias of an entry.
void set_biases(TangentFluctuation& result, const model::Network& network,
                const model::TangentPrediction& theory, Eigen::Index a, Eigen::Index b) {
  constexpr double coinciding = 1e-5;
  const auto& layers = theory.network.layers;
  PairTangents pair;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const double q = layers[l].preactivation(a, a);
    const double known = layers[l].preactivation_deficit(a, b);
    const double delta = known > coinciding ? known : 0.0;
    const LayerInfluences layer(network, q, delta);
    const LayerCurvature curvature(network, q, delta);
    const auto tangent = tangents_of(theory.tangents[l], a, b);
    set_entry(result.biases[l], a, b, pair.bias());
    if (l + 1 < layers.size()) {
      pair.advance(layer, &curvature, tangent, theory.network.weight_variance);
    } else {
      set_entry(result.output_bias, a, b,
                theory.readout_variance * pair.next_bias(layer, curvature, tangent)(4));
    }
  }
}

}  // namespace

TangentFluctuation tangent_fluctuation(const model::Network& network,
                                       const model::TangentPrediction& theory,
                                       const model::TangentOptions& options) {
  TangentFluctuation result;
  result.not_derived = reason_for_none(network, options);
  result.bias_not_derived =
      result.not_derived.empty() ? reason_for_no_bias(network) : result.not_derived;
  if (!result.not_derived.empty()) return result;
  const auto depth = theory.network.layers.size();
  const Eigen::Index count = theory.output_tangent.rows();
  const Eigen::MatrixXd none = Eigen::MatrixXd::Zero(count, count);
  result.layers.assign(depth, none);
  result.probed.assign(depth, none);
  result.with_kernel.assign(depth, none);
  result.output = none;
  if (result.bias_not_derived.empty()) {
    result.biases.assign(depth, none);
    result.output_bias = none;
  }
  for (Eigen::Index b = 0; b < count; ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      set_pair(result, network, theory, a, b);
      if (result.bias_not_derived.empty()) set_biases(result, network, theory, a, b);
    }
  }
  return result;
}

}  // namespace wideproof::theory
