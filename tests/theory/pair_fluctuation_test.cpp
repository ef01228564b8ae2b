// SPDX-License-Identifier: MIT
#include <wideproof/theory/pair_fluctuation.hpp>

#include <cmath>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <wideproof/theory/layer_recursion.hpp>
#include <wideproof/theory/pair_kernel.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;
using model::ThresholdRule;

struct Reference {
  std::string rule;
  double active_fraction;
  std::int64_t taps, depth;
  double input_deficit;
  double deficit;  ///< of the last layer's Gram
  double relative_variance, relative_bias;
};

const Reference references[] = {
#include "fluctuation_reference.inc"
};

Network network_of(const Reference& reference) {
  Network::Options options{.depth = reference.depth,
                           .activation = Activation::thresholded_relu,
                           .active_fraction = reference.active_fraction,
                           .presynaptic = LateralFilter::box(reference.taps)};
  if (reference.rule == "linear") options.activation = Activation::linear;
  if (reference.rule == "std") options.threshold = ThresholdRule::std;
  if (reference.rule == "fixed") options.threshold = ThresholdRule::fixed;
  if (reference.rule == "quantile") options.threshold = ThresholdRule::quantile;
  return Network(options);
}

/// The prediction for two inputs whose deficit is given as such.
model::Prediction prediction_of(const Network& network, double delta) {
  Eigen::MatrixXd cosines(2, 2);
  cosines << 1, 1 - delta, 1 - delta, 1;
  auto prediction = predict(network, cosines);
  const auto response = *neuron_response(network);
  for (auto& layer : prediction.layers) {
    layer.preactivation_deficit << 0, delta, delta, 0;
    const PairKernel map(response, NeuronFeatures(response, delta),
                         prediction.degree_of_correlation);
    delta = map.deficit;
  }
  return prediction;
}

struct Relative {
  double variance, bias;
};

Relative last_layer(const Network& network, double delta, double deficit) {
  const auto prediction = prediction_of(network, delta);
  const auto last = PairRecursion(network, prediction, 1)(0, 1).back();
  return {last.correlation_variance / (deficit * deficit), last.correlation_bias / deficit};
}

TEST(PairFluctuation, AgreesWithHundredDigitsAtEveryDeficit) {
  for (const auto& reference : references) {
    const auto network = network_of(reference);
    const auto [variance, bias] = last_layer(network, reference.input_deficit, reference.deficit);
    std::printf("%s %g %d %d %g: %.1e %.1e\n", reference.rule.c_str(), reference.active_fraction,
                int(reference.taps), int(reference.depth), reference.input_deficit,
                variance / reference.relative_variance - 1,
                (bias - reference.relative_bias) / std::max(1., std::abs(reference.relative_bias)));
  }
}

}  // namespace
}  // namespace wideproof::theory
