// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/dimension_recursion.hpp>

#include <cmath>
#include <limits>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/require_between.hpp>
#include <wideproof/theory/dimension/common_modes.hpp>
#include <wideproof/theory/dimension/dimension_fixed_point.hpp>
#include <wideproof/theory/dimension/layer_average.hpp>
#include <wideproof/theory/dimension/quenched_response.hpp>
#include <wideproof/theory/dimension/synapse_overlap.hpp>
#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/kernels/dual_kernel.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

using model::InputError;

double weight_variance_of(const model::Network& network) {
  return network.weight_variance() ? *network.weight_variance()
                                   : LayerRecursion(network).weight_variance();
}

/// `inputs_square`: ⟨φ²⟩ of the layer before.
void require_variance(double variance, double weight_variance, double bias_variance,
                      double inputs_square, std::size_t layer) {
  const double largest = DualKernel::largest_in_double;
  if (variance >= 1 / largest && variance <= largest) return;
  const bool is_bias = bias_variance > weight_variance * inputs_square;
  throw InputError(is_bias ? "network.bias_variance" : "network.weight_variance",
                   is_bias ? bias_variance : weight_variance,
                   fmt::format("gives the activations of layer {} a variance of {:.3g} over the "
                               "inputs; it has to lie in [2^-450, 2^450]",
                               layer, variance));
}

void require_moments(const LayerMoments& inputs) {
  const double largest = DualKernel::largest_in_double;
  model::require_between("the inputs' variance", inputs.variance, 1 / largest, largest);
  model::require_between("the inputs' mean square", inputs.mean_square,
                         inputs.mean * inputs.mean * (1 - 1e-12), largest);
  const double scale = inputs.variance * inputs.variance;
  const double infinity = std::numeric_limits<double>::infinity();
  model::require_between("the inputs' square", inputs.square, scale * (1 - 1e-12), infinity);
  model::require_between("the inputs' strength", inputs.strength, 0.0, infinity);
}

}  // namespace

/// LayerMoments in ratios, and what the first order in 1/√N needs.
struct DimensionRecursion::State {
  double variance;
  double mean_square;
  double mean;
  double square_ratio;      // K₂/K²
  double strength_ratio;    // S/K², without what CommonModes tell
  double mode_ratio = 0;    // S/K² by CommonModes
  double common_ratio = 0;  // part of strength_ratio: a fluctuation that all units share
  double uniformity = 0;    // u
  double eta = 0;
  double preactivation_variance = 0;
  double third = 0;        // t
  double field_third = 0;  // a
  double first_order = 0;  // (1/D̃)₁

  double inverse_dimensionality() const { return square_ratio + strength_ratio + mode_ratio; }
};

DimensionRecursion::DimensionRecursion(const model::Network& network,
                                       const model::Synapses& synapses,
                                       std::optional<std::int64_t> width)
    : activation_(network.activation()),
      rule_(network.threshold()),
      weight_variance_(weight_variance_of(network)),
      bias_variance_(network.bias_variance()),
      overlap_(overlap_excess(synapses, width)) {
  synapses.validate(width ? std::vector<std::int64_t>{*width} : std::vector<std::int64_t>{});
  if (!network.postsynaptic().is_none()) {
    throw InputError("network.postsynaptic.filter",
                     model::in_quotes(name_of(network.postsynaptic().kind())),
                     "has no theory of dimension reduction; \"none\" has");
  }
  if (model::is_thresholded(activation_)) tau_ = tau_of(network.active_fraction());
  const Autocorrelation filter(network.presynaptic());
  degree_ = filter.degree();
  filter_squares_ = filter.squared_sum() - 1;
  const double r = synapses.correlation;
  has_modes_ = r > 0 && !is_odd(activation_) && std::isfinite(overlap_) &&
               synapses.across == model::SynapseSide::receiving &&
               synapses.signs == model::SynapseSigns::uniform;
  is_common_ = overlap_ > 0 && std::isfinite(overlap_) && is_odd(activation_) &&
               synapses.across == model::SynapseSide::receiving &&
               synapses.signs == model::SynapseSigns::uniform;
  is_sending_ = r > 0 && synapses.across == model::SynapseSide::sending;
  grows_with_mean_ = is_sending_ && synapses.signs == model::SynapseSigns::uniform;
  has_slope_ = is_odd(activation_) && filter.is_delta() && (r == 0 || synapses.exponent == 0.5);
  cube_ = r * r * r;
}

double DimensionRecursion::field_square(const State& state, double degree) const {
  if (grows_with_mean_ && state.mean != 0) {
    throw InputError("network.synapses.across",
                     model::in_quotes(name_of(model::SynapseSide::sending)),
                     "the fields of the next layer grow without bound with the width, since units "
                     "of nonzero mean send weights that are correlated; take "
                     "network.synapses.signs = \"mixed\"");
  }
  return weight_variance_ * (state.mean_square + degree * state.mean * state.mean) + bias_variance_;
}

double DimensionRecursion::excess_of(double common, double uniformity, bool is_filtered) const {
  const double own = has_modes_ ? 0 : overlap_;
  if (!is_filtered) return own;
  const double seen = 1 + degree_ * uniformity;
  return (grows_with_mean_ ? (1 + degree_) * (1 + degree_) * own : own) + filter_squares_ +
         (common > 0 ? (seen * seen - 1) * common : 0);
}

DimensionRecursion::State DimensionRecursion::step(const State& state, bool is_first,
                                                   CommonModes& modes) const {
  const double degree = is_first ? 0 : degree_;
  const double field = field_square(state, degree);
  const double delta = weight_variance_ * state.variance;
  const auto average = layer_average(activation_, tau_, delta, field);
  const double excess = excess_of(state.common_ratio, state.uniformity, !is_first);
  const double eta_square = average.eta * average.eta;
  State next{.variance = average.variance,
             .mean_square = average.mean_square,
             .mean = average.mean,
             .square_ratio = average.square_ratio,
             .strength_ratio = eta_square * (state.square_ratio + state.strength_ratio + excess),
             .common_ratio = is_common_ ? eta_square * overlap_ : 0.0,
             .uniformity = average.slope * average.slope / average.slope_square,
             .eta = average.eta,
             .preactivation_variance = weight_variance_ * state.variance + field};
  if (has_modes_) {
    modes.pass({.weight_variance = weight_variance_,
                .degree = degree,
                .variance = delta,
                .field_square = field,
                .input_mean = state.mean,
                .strength = std::sqrt(overlap_) * delta});
    next.mode_ratio = modes.strength_ratio(next.variance);
  }
  if (!has_slope_) return next;
  const double gain = weight_variance_ / average.slope_square;
  next.third = eta_square * average.eta * (state.third + cube_);
  next.field_third = average.coupling * average.coupling * gain * eta_square *
                     (state.field_third + (is_sending_ ? 0 : cube_ * state.mean_square));
  next.first_order =
      eta_square *
      (state.first_order + 4 * average.slope_growth * (state.third + (is_sending_ ? cube_ : 0)) +
       4 * gain * average.curvature * state.field_third);
  return next;
}

DimensionLayer DimensionRecursion::layer(const State& state) const {
  const double scale = state.variance * state.variance;
  DimensionLayer layer;
  layer.moments = {.variance = state.variance,
                   .mean_square = state.mean_square,
                   .mean = state.mean,
                   .square = state.square_ratio * scale,
                   .strength = (state.strength_ratio + state.mode_ratio) * scale,
                   .third = state.third};
  layer.dimensionality = 1 / state.inverse_dimensionality();
  layer.eta = state.eta;
  layer.preactivation_variance = state.preactivation_variance;
  if (has_slope_) {
    layer.dimensionality_slope = -state.first_order * std::pow(layer.dimensionality, 2);
    layer.strength_slope = state.first_order * scale;
  }
  return layer;
}

std::vector<DimensionLayer> DimensionRecursion::layers(const LayerMoments& inputs,
                                                       std::int64_t depth) const {
  require_moments(inputs);
  const double scale = inputs.variance * inputs.variance;
  State state{.variance = inputs.variance,
              .mean_square = inputs.mean_square,
              .mean = inputs.mean,
              .square_ratio = inputs.square / scale,
              .strength_ratio = inputs.strength / scale,
              .third = inputs.third};
  CommonModes modes(activation_, tau_, rule_);
  std::vector<DimensionLayer> layers;
  for (std::int64_t l = 0; l < depth; ++l) {
    const double square = state.variance + state.mean_square;
    state = step(state, l == 0, modes);
    require_variance(state.variance, weight_variance_, bias_variance_, square, layers.size() + 1);
    layers.push_back(layer(state));
  }
  return layers;
}

DimensionLimit predict_dimension(const model::Network& network, const model::Synapses& synapses,
                                 const LayerMoments& inputs, std::optional<std::int64_t> width) {
  const DimensionRecursion recursion(network, synapses, width);
  return {recursion.layers(inputs, network.depth()), dimension_fixed_point(recursion)};
}

}  // namespace wideproof::theory
