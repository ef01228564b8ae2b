// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/tangent_recursion.hpp>

#include <memory>
#include <utility>
#include <vector>

#include <wideproof/theory/kernels/derivative_kernel.hpp>
#include <wideproof/theory/kernels/lateral_sum.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

/// Σ_terms weight · E[φ'φ'] of all pairs of one layer.
Eigen::MatrixXd derivative_gram(const DerivativeKernel& kernel, const model::LayerPrediction& layer,
                                const std::vector<LateralTerm>& terms) {
  Eigen::MatrixXd result = layer.preactivation_deficit;
  const Eigen::Index count = result.rows();
  const auto map = kernel.pair_map(layer.preactivation(0, 0), terms, count * (count + 1) / 2);
  for (Eigen::Index b = 0; b < count; ++b) {
    auto column = result.col(b).head(b + 1).array();
    map(column);
  }
  result.triangularView<Eigen::StrictlyLower>() = result.transpose();
  return result;
}

class TangentLayers {
 public:
  explicit TangentLayers(const model::Network& network)
      : kernel_(make_derivative_kernel(network)),
        lateral_terms_(
            derivative_terms(LateralSum(network.presynaptic(), network.postsynaptic()))) {}

  TangentStep step(const model::LayerPrediction& layer, double gram_scale) const {
    TangentStep step{gram_scale * layer.gram, layer.next_kernel, {}, {}};
    step.derivative = derivative(layer);
    if (!lateral_terms_.empty()) step.lateral = derivative_gram(*kernel_, layer, lateral_terms_);
    return step;
  }

  Eigen::MatrixXd derivative(const model::LayerPrediction& layer) const {
    return derivative_gram(*kernel_, layer, {{1.0, 1.0}});
  }

 private:
  std::unique_ptr<DerivativeKernel> kernel_;
  std::vector<LateralTerm> lateral_terms_;
};

template <class Inputs>
model::TangentPrediction predict_tangent_of(const model::Network& network, const Inputs& inputs,
                                            const model::TangentOptions& options) {
  const TangentLayers layers(network);
  model::TangentPrediction prediction;
  prediction.network = predict(network, inputs);
  const double scale = prediction.network.gram_scale;
  const TangentRecursion recursion(options.trained, prediction.network.weight_variance,
                                   network.bias_variance());
  auto tangent = recursion.first(prediction.network.layers.front().preactivation);
  for (const auto& layer : prediction.network.layers) {
    prediction.tangents.push_back(tangent.of_neuron());
    prediction.shared_tangents.push_back(tangent.shared);
    if (&layer == &prediction.network.layers.back()) break;
    tangent = recursion.next(tangent, layers.step(layer, scale));
  }
  const auto& last = prediction.network.layers.back();
  prediction.readout_variance = 1 / scale;
  prediction.output_kernel = last.gram;
  prediction.output_tangent =
      last.gram + prediction.readout_variance *
                      layers.derivative(last).cwiseProduct(prediction.tangents.back());
  return prediction;
}

}  // namespace

LayerTangent TangentRecursion::first(const Eigen::MatrixXd& cosines) const {
  const Eigen::MatrixXd none = Eigen::MatrixXd::Zero(cosines.rows(), cosines.cols());
  return trained_ == model::Trained::weights ? LayerTangent{cosines, none}
                                             : LayerTangent{none, cosines};
}

LayerTangent TangentRecursion::next(const LayerTangent& tangent, const TangentStep& step) const {
  Eigen::MatrixXd handed_on = step.derivative.cwiseProduct(tangent.of_neuron());
  if (step.lateral.size() > 0) handed_on += step.lateral.cwiseProduct(tangent.shared);
  handed_on *= weight_variance_;
  if (trained_ == model::Trained::field) {
    return {Eigen::MatrixXd::Zero(handed_on.rows(), handed_on.cols()), step.next + handed_on};
  }
  return {(weight_variance_ * step.gram).array() + bias_variance_, std::move(handed_on)};
}

model::TangentPrediction predict_tangent(const model::Network& network,
                                         const model::Deficits& input_deficits,
                                         const model::TangentOptions& options) {
  return predict_tangent_of(network, input_deficits, options);
}

model::TangentPrediction predict_tangent(const model::Network& network,
                                         const Eigen::MatrixXd& input_cosines,
                                         const model::TangentOptions& options) {
  return predict_tangent_of(network, input_cosines, options);
}

}  // namespace wideproof::theory
