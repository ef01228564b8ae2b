// SPDX-License-Identifier: MIT
#include <wideproof/model/dimension/dimension_spec.hpp>

#include <algorithm>
#include <cmath>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {
namespace {

/// The exponent at which ρ = r N^−exponent leaves a correlation in the limit.
constexpr double lasting_exponent = 0.5;

void check_network(const Network& network) {
  const auto activation = network.activation();
  const bool is_odd = activation == Activation::tanh || activation == Activation::erf ||
                      activation == Activation::linear;
  const bool is_rectifier =
      activation == Activation::thresholded_relu || activation == Activation::relu;
  if (!is_odd && !is_rectifier) {
    throw InputError("network.activation", in_quotes(network.activation_name()),
                     "must be tanh, erf, linear, relu or thresholded-relu for study.kind = "
                     "\"dimension\"");
  }
  if (network.postsynaptic().kind() != LateralFilter::Kind::none) {
    throw InputError("network.postsynaptic.filter",
                     in_quotes(name_of(network.postsynaptic().kind())),
                     "must be \"none\" for study.kind = \"dimension\": network.synapses correlates "
                     "receiving units");
  }
}

}  // namespace

void DimensionSpec::check(const Experiment& experiment) const {
  const auto& simulation = experiment.simulation();
  if (simulation.widths.front() < 2) {
    throw InputError("simulation.widths[0]", simulation.widths.front(),
                     "must be at least 2: one unit has no correlations");
  }
  check_network(experiment.network());
  synapses.validate(simulation.widths);
  ensemble.validate(simulation.widths);
  if (simulation.engine == Engine::collapsed &&
      (synapses.law != SynapseLaw::gaussian || synapses.learns())) {
    throw InputError("simulation.engine", in_quotes(name_of(simulation.engine)),
                     "must be \"auto\" or \"direct\" for synapses that are not Gaussian or that "
                     "learn: the collapsed law is that of Gaussian weights");
  }
}

Experiment::Options DimensionSpec::defaults() {
  Experiment::Options options;
  options.kind = std::make_shared<DimensionSpec>();
  options.network = Network(Network::Options{
      .activation = Activation::tanh, .threshold = ThresholdRule::fixed, .weight_variance = 1.0});
  options.simulation.widths = {256, 512, 1024, 2048};
  options.simulation.replicates = 20;
  options.compare.equivalence_margin = 0.05;
  return options;
}

bool DimensionSpec::is_predicted() const {
  const bool grows = synapses.correlation > 0.0 && synapses.exponent < lasting_exponent;
  const bool is_of_inputs_alone = ensemble.is_data() && synapses.correlation > 0.0;
  return !synapses.learns() && !grows && !is_of_inputs_alone;
}

double DimensionSpec::series_power() const {
  if (synapses.correlation == 0.0 || synapses.exponent < lasting_exponent) return 1.0;
  if (synapses.exponent == lasting_exponent) return 0.5;
  return std::min(1.0, 2.0 * synapses.exponent - 1.0);
}

const DimensionSpec& dimension_of(const Experiment& experiment) {
  return dynamic_cast<const DimensionSpec&>(experiment.kind());
}

}  // namespace wideproof::model
