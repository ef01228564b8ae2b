// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/predicted_dimension.hpp>

#include <limits>

#include <wideproof/app/study/sampled_law.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>
#include <wideproof/theory/dimension/dimension_recursion.hpp>
#include <wideproof/theory/dimension/kernel_participation.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>
#include <wideproof/theory/recursion/network_limit.hpp>

namespace wideproof::app {
namespace {

model::DimensionPrediction of_drawn_inputs(const model::Experiment& experiment,
                                           const model::DimensionSpec& spec) {
  const auto limit =
      theory::predict_dimension(experiment.network(), spec.synapses, input_moments(spec.ensemble));
  return {judged_layers(limit.layers), limit.fixed_point};
}

model::DimensionPrediction of_data(const model::Experiment& experiment,
                                   const model::Inputs& inputs) {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  model::DimensionPrediction prediction;
  for (const auto& layer : theory::predict(experiment.network(), inputs.cosines()).layers)
    prediction.layers.push_back({theory::kernel_participation(layer.gram), unknown});
  return prediction;
}

}  // namespace

std::string why_not_predicted(const model::Experiment& experiment) {
  const auto& network = experiment.network();
  const auto& spec = model::dimension_of(experiment);
  if (spec.ensemble.is_data()) return "";
  const bool is_rectifier = network.activation() == model::Activation::thresholded_relu;
  if (is_rectifier && network.threshold() == model::ThresholdRule::fixed && network.depth() > 1)
    return "fixed thresholds let fluctuations that all units share grow from layer to layer, so "
           "that "
           "networks of any width that can be sampled are far from the limit: take "
           "network.threshold = \"std\" or \"quantile\"";
  const bool is_common =
      spec.synapses.correlation > 0.0 && spec.synapses.signs == model::SynapseSigns::uniform;
  const bool is_odd = !is_rectifier && network.activation() != model::Activation::relu;
  if (is_odd && is_common && !network.presynaptic().is_none())
    return "what a presynaptic filter makes of correlations of one sign is not derived: take "
           "network.synapses.signs = \"mixed\" or no filter";
  return "";
}

std::vector<model::LayerDimension> judged_layers(
    const std::vector<theory::DimensionLayer>& layers) {
  std::vector<model::LayerDimension> judged;
  for (const auto& layer : layers)
    judged.push_back({layer.dimensionality, layer.moments.strength, layer.moments.variance,
                      layer.dimensionality_slope, layer.strength_slope});
  return judged;
}

theory::LayerMoments input_moments(const model::InputEnsemble& ensemble) {
  return {.strength = ensemble.strength};
}

std::optional<model::DimensionPrediction> predict_dimension(const model::Experiment& experiment,
                                                            const EnsembleData& data) {
  const auto& spec = model::dimension_of(experiment);
  if (!spec.is_predicted() || !why_not_predicted(experiment).empty()) return std::nullopt;
  return data.inputs ? of_data(experiment, *data.inputs) : of_drawn_inputs(experiment, spec);
}

sim::SampledLaw law_of_ensemble(const model::Experiment& experiment) {
  const auto& spec = model::dimension_of(experiment);
  const auto& network = experiment.network();
  if (spec.ensemble.is_data()) return sampled_law(network, theory::network_limit(network));
  // Neither learning nor correlated weights change the variances that a layer of untaught weights
  // sees; learning changes later ones, whose thresholds stay where they were.
  const theory::DimensionRecursion recursion(network, {});
  sim::SampledLaw law{.network = network,
                      .weight_variance = recursion.weight_variance(),
                      .preactivation_variance = {}};
  for (const auto& layer : recursion.layers(input_moments(spec.ensemble), network.depth()))
    law.preactivation_variance.push_back(layer.preactivation_variance);
  return law;
}

}  // namespace wideproof::app
