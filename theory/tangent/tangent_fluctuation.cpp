// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/tangent_fluctuation.hpp>

#include <cmath>

#include <fmt/format.h>

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
    return fmt::format("fluctuations of tangent kernels are not derived for {}",
                       name_of(activation));
  }
  if (!network.presynaptic().is_none() || !network.postsynaptic().is_none()) {
    return "fluctuations of tangent kernels are not derived for correlated weights";
  }
  if (is_thresholded && network.threshold() != model::ThresholdRule::fixed &&
      options.threshold_gradient == model::ThresholdGradient::through) {
    return "fluctuations of tangent kernels are not derived for thresholds that hand on gradients";
  }
  return {};
}

/// Covariances of a pair's entries through the layers.
class PairTangents {
 public:
  struct Variances {
    double mean, probed;  ///< of the entry ab
  };

  /// Of the layer that is reached.
  Variances variances() const {
    const double mean = covariance_(4, 4);
    return {mean, mean + products_ + crossed_};
  }

  /// To the next layer, and its own part: `tangent` has Θ_aa, Θ_ab, Θ_bb of the layer that is left.
  void advance(const LayerInfluences& layer, const Eigen::Vector3d& tangent,
               double weight_variance) {
    covariance_ = next(layer, tangent) * weight_variance * weight_variance;
    const double own = layer.slope(1) * tangent(1) * tangent(1);
    const double scale = weight_variance * weight_variance;
    products_ = scale * (own + layer.slope(0) * layer.slope(2) * products_);
    crossed_ = scale * (own + layer.slope(1) * layer.slope(1) * crossed_);
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
  double products_ = 0.0;  ///< R
  double crossed_ = 0.0;   ///< R_×
};

}  // namespace

TangentFluctuation tangent_fluctuation(const model::Network& network,
                                       const model::TangentPrediction& theory,
                                       const model::TangentOptions& options) {
  TangentFluctuation result;
  result.not_derived = reason_for_none(network, options);
  if (!result.not_derived.empty()) return result;
  constexpr double coinciding = 1e-10;
  const auto& layers = theory.network.layers;
  const Eigen::Index count = theory.output_tangent.rows();
  const Eigen::MatrixXd none = Eigen::MatrixXd::Zero(count, count);
  result.layers.assign(layers.size(), none);
  result.probed.assign(layers.size(), none);
  result.output = none;
  const double readout = theory.readout_variance * theory.readout_variance;
  for (Eigen::Index b = 0; b < count; ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      PairTangents pair;
      for (std::size_t l = 0; l < layers.size(); ++l) {
        const double delta = layers[l].preactivation_deficit(a, b);
        const LayerInfluences layer(network, layers[l].preactivation(a, a),
                                    delta > coinciding ? delta : 0.0);
        const auto& tangents = theory.tangents[l];
        const Eigen::Vector3d tangent(tangents(a, a), tangents(a, b), tangents(b, b));
        const auto [mean, probed] = pair.variances();
        result.layers[l](a, b) = result.layers[l](b, a) = mean;
        result.probed[l](a, b) = result.probed[l](b, a) = probed;
        if (l + 1 < layers.size()) {
          pair.advance(layer, tangent, theory.network.weight_variance);
        } else {
          result.output(a, b) = result.output(b, a) = readout * pair.output(layer, tangent);
        }
      }
    }
  }
  return result;
}

}  // namespace wideproof::theory
