// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_shape.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

#include <wideproof/sim/layers/layer_activation.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/normal_stream.hpp>

namespace wideproof::sim {
namespace {

/// A layer is drawn without its weights where its fan-in is so many times the samples: K and the
/// product by its root, some (5/4) N M² multiplications, cost what N n M do or less.
constexpr std::int64_t samples_a_synapse = 2;

void require_stream_holds(std::int64_t width, double normals, at::ScalarType dtype) {
  const auto most = static_cast<double>(dtype == at::kFloat ? NormalStream::float_normals
                                                            : NormalStream::double_normals);
  if (normals <= most) return;
  throw model::InputError(
      "simulation.widths", width,
      fmt::format("a layer takes {:.3g} normals, more than the {:.3g} that a random stream holds",
                  normals, most));
}

}  // namespace

EnsembleShape::EnsembleShape(EnsembleOptions options, const Eigen::MatrixXd& data)
    : options_(std::move(options)), data_dimension_(data.cols()) {
  check(data);
}

at::ScalarType EnsembleShape::dtype() const {
  return scalar_type(options_.dtype);
}

void EnsembleShape::check(const Eigen::MatrixXd& data) const {
  const auto& network = options_.law.network;
  const auto& synapses = options_.synapses;
  if (options_.width < 2) {
    throw model::InputError("simulation.widths", options_.width,
                            "must be at least 2: N\u03A3 is about pairs of units");
  }
  const double variance = options_.law.weight_variance;
  if (!(variance > 0 && std::isfinite(variance))) {
    throw model::InputError("network.weight_variance", variance, "must be positive and finite");
  }
  synapses.validate({options_.width});
  options_.ensemble.validate({options_.width});
  if (options_.ensemble.is_data() && data.rows() != options_.ensemble.samples) {
    throw model::InputError("ensemble.samples", options_.ensemble.samples,
                            fmt::format("{} inputs are given", data.rows()));
  }
  if (!network.postsynaptic().is_none()) {
    throw model::InputError("network.postsynaptic.filter: must be \"none\" for ensembles");
  }
  if (synapses.learns() && LayerActivation(options_.law).needs_whole_layer()) {
    throw model::InputError("network.threshold", model::in_quotes(name_of(network.threshold())),
                            "must be \"fixed\" where synapses learn, unit by unit");
  }
  const bool may_collapse = synapses.law == model::SynapseLaw::gaussian && !synapses.learns();
  if (options_.engine == model::Engine::collapsed && !may_collapse) {
    throw model::InputError("simulation.engine", model::in_quotes("collapsed"),
                            "needs network.synapses.law = \"gaussian\" and learning = \"none\"");
  }
  for (const std::int64_t layer : {0, 1, 2}) {
    const auto rows = static_cast<double>(options_.width);
    const auto across = static_cast<double>(is_collapsed(layer) ? columns() : fan_in(layer));
    require_stream_holds(options_.width, rows * std::max(across, static_cast<double>(columns())),
                         dtype());
  }
}

bool EnsembleShape::is_first_of_data(std::int64_t layer) const {
  return layer == 1 && options_.ensemble.is_data();
}

std::int64_t EnsembleShape::fan_in(std::int64_t layer) const {
  if (is_first_of_data(layer)) return data_dimension_;
  if (layer > 0) return options_.width;
  const bool is_drawn = options_.ensemble.source == model::InputEnsemble::Source::correlated;
  return is_drawn ? options_.ensemble.factors(options_.width) : 1;
}

std::int64_t EnsembleShape::columns() const {
  return options_.ensemble.samples * (options_.synapses.learns() ? 2 : 1);
}

bool EnsembleShape::has_bias(std::int64_t layer) const {
  return options_.law.network.bias_variance() > 0 && !is_first_of_data(layer);
}

SynapseLayer EnsembleShape::synapse_layer(std::int64_t layer) const {
  double variance = layer == 0 ? 1.0 : options_.law.weight_variance;
  // Of inputs of unit norm, whatever their dimension, as in model::Network.
  if (is_first_of_data(layer)) variance = static_cast<double>(fan_in(layer));
  return {.number = layer, .units = options_.width, .inputs = fan_in(layer), .variance = variance};
}

bool EnsembleShape::is_collapsed(std::int64_t layer) const {
  if (options_.synapses.law != model::SynapseLaw::gaussian || options_.synapses.learns()) {
    return layer == 0 && options_.engine == model::Engine::automatic &&
           fan_in(0) > samples_a_synapse * columns();
  }
  if (options_.engine != model::Engine::automatic) {
    return options_.engine == model::Engine::collapsed;
  }
  return fan_in(layer) > samples_a_synapse * columns();
}

}  // namespace wideproof::sim
