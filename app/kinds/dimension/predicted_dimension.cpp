// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/predicted_dimension.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include <wideproof/app/study/sampled_law.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/dimension/dimension_recursion.hpp>
#include <wideproof/theory/dimension/kernel_participation.hpp>
#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>
#include <wideproof/theory/recursion/network_limit.hpp>

namespace wideproof::app {
namespace {

/// By how much of their norm inputs have to differ, root mean square. In float32 rounding adds the
/// square of some 10⁻⁷ over that to N D̃, relatively (2% were seen at 10⁻⁶); the Gram in double that
/// predicts it is known to 10⁻¹⁶ over the square. Both leave 10⁻⁴.
double least_difference(model::DType dtype) {
  return dtype == model::DType::float32 ? 1e-5 : 1e-6;
}

/// Throws InputError for inputs that differ by `difference`, that is by less.
template <class Value>
void require_difference(double difference, model::DType dtype, std::string_view key,
                        const Value& value, std::string_view where) {
  if (difference >= least_difference(dtype)) return;
  throw model::InputError(
      key, value,
      fmt::format("{} differ by {:.2g} of their norm; simulation.dtype = \"{}\" tells what differs "
                  "by {} or more",
                  where, difference, name_of(dtype), least_difference(dtype)));
}

void require_inputs_that_differ(const model::Experiment& experiment, const model::Inputs& inputs) {
  const auto& ensemble = model::dimension_of(experiment).ensemble;
  const bool images = ensemble.source == model::InputEnsemble::Source::idx;
  const Eigen::MatrixXd vectors = inputs.vectors();
  const Eigen::RowVectorXd mean = vectors.colwise().mean();
  require_difference(std::sqrt((vectors.rowwise() - mean).rowwise().squaredNorm().mean()),
                     experiment.simulation().dtype, images ? "ensemble.images" : "ensemble.file",
                     model::in_quotes(images ? ensemble.images : ensemble.file),
                     "of unit norm, the rows taken");
}

model::DimensionPrediction of_drawn_inputs(const model::Experiment& experiment,
                                           const model::DimensionSpec& spec) {
  const auto limit =
      theory::predict_dimension(experiment.network(), spec.synapses, input_moments(spec.ensemble));
  for (std::size_t l = 0; l < limit.layers.size(); ++l) {
    const auto& moments = limit.layers[l].moments;
    require_difference(std::sqrt(moments.variance / (moments.variance + moments.mean_square)),
                       experiment.simulation().dtype, "network.bias_variance",
                       experiment.network().bias_variance(),
                       fmt::format("activations of layer {}", l + 1));
  }
  return {judged_layers(limit.layers), limit.fixed_point};
}

model::DimensionPrediction of_data(const model::Experiment& experiment,
                                   const model::Inputs& inputs) {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  model::DimensionPrediction prediction;
  for (const auto& layer : theory::predict(experiment.network(), inputs.cosines()).layers) {
    const double norm = layer.gram.diagonal().mean();
    require_difference(std::sqrt(std::max(0.0, 1 - layer.gram.mean() / norm)),
                       experiment.simulation().dtype, "network.depth", experiment.network().depth(),
                       fmt::format("at layer {} activations of the inputs, which draw together,",
                                   prediction.layers.size() + 1));
    prediction.layers.push_back({theory::kernel_participation(layer.gram), unknown});
  }
  return prediction;
}

/// The least width at which what a filter and correlations of one sign make of a layer, a mode of
/// r(1 + m)/√N of all variance, is small enough for a short series in 1/√N; 0 without such a mode.
/// At m = 4, r = 1 a run of widths from 128 on called the true exponent wrong, one from 2560 on
/// not.
double least_width_of_modes(const model::Network& network, const model::Synapses& synapses) {
  constexpr double modes_in_all = 100.0;
  const bool is_rectifier = network.activation() == model::Activation::thresholded_relu ||
                            network.activation() == model::Activation::relu;
  if (is_rectifier || network.presynaptic().is_none() || network.depth() == 1 ||
      synapses.signs == model::SynapseSigns::mixed || synapses.exponent > 0.5)
    return 0.0;
  const double strength =
      synapses.correlation * (1 + theory::Autocorrelation(network.presynaptic()).degree());
  return modes_in_all * strength * strength;
}

}  // namespace

std::string why_not_predicted(const model::Experiment& experiment) {
  const auto& network = experiment.network();
  const auto& spec = model::dimension_of(experiment);
  if (spec.ensemble.is_data()) return "";
  const bool is_rectifier = network.activation() == model::Activation::thresholded_relu;
  if (is_rectifier && network.threshold() == model::ThresholdRule::fixed && network.depth() > 1)
    return "fixed thresholds let fluctuations that all units share grow from layer to layer, so "
           "that networks of any width that can be sampled are far from the limit: take "
           "network.threshold = \"std\" or \"quantile\"";
  const double least = least_width_of_modes(network, spec.synapses);
  const auto narrowest = experiment.simulation().widths.front();
  if (static_cast<double>(narrowest) < least)
    return fmt::format(
        "under a presynaptic filter what correlations of one sign have in common is large at width "
        "{}, so that means are far from their limit and follow no short series to it: take "
        "simulation.widths from {:.0f} on, network.synapses.signs = \"mixed\" or no filter",
        narrowest, std::ceil(least));
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
  if (data.inputs) require_inputs_that_differ(experiment, *data.inputs);
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
