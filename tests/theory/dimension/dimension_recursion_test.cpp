// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/dimension_recursion.hpp>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/dimension/synapse_overlap.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;
using model::Synapses;
using model::SynapseSide;
using testing::HasSubstr;

Network network_of_gain(double gain, std::int64_t depth, Activation activation = Activation::tanh,
                        double bias_variance = 0) {
  return Network({.depth = depth,
                  .activation = activation,
                  .weight_variance = gain * gain,
                  .bias_variance = bias_variance});
}

std::vector<double> dimensionalities(const Network& spec, const Synapses& synapses,
                                     const LayerMoments& inputs = {}) {
  std::vector<double> result;
  for (const auto& layer : predict_dimension(spec, synapses, inputs).layers) {
    result.push_back(layer.dimensionality);
  }
  return result;
}

template <class Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const model::InputError& error) {
    return error.what();
  }
  return "no error";
}

void expect_printed(const std::vector<double>& values, const std::vector<double>& expected) {
  ASSERT_EQ(values.size(), expected.size());
  for (std::size_t l = 0; l < values.size(); ++l) {
    EXPECT_NEAR(values[l], expected[l], printed(4)) << "layer " << l + 1;
  }
}

TEST(DimensionRecursion, MatchesPrintedLayersOfIndependentSynapses) {
  expect_printed(dimensionalities(network_of_gain(1.5, 8), {}),
                 {.5646, .4007, .3155, .2640, .2298, .2058, .1881, .1747});
}

TEST(DimensionRecursion, MatchesPrintedLayersOfCorrelatedSynapses) {
  expect_printed(dimensionalities(network_of_gain(1.5, 8), {.correlation = 1}),
                 {.3934, .2506, .1873, .1521, .1298, .1147, .1038, .0957});
}

TEST(DimensionRecursion, OfLinearNetworksIsHarmonic) {
  for (const double r : {0.0, 1.0, 2.5}) {
    for (const double strength : {0.0, 3.0}) {
      const auto d = dimensionalities(network_of_gain(1.3, 200, Activation::linear),
                                      {.correlation = r}, {.strength = strength});
      for (std::size_t l = 0; l < d.size(); ++l) {
        const double expected = 1 + strength + static_cast<double>(l + 1) * (1 + r * r);
        EXPECT_NEAR(1 / d[l], expected, 1e-12 * expected);
      }
    }
  }
}

TEST(DimensionRecursion, OfOrthogonalSynapsesKeepsWhiteInputsWhite) {
  const Synapses orthogonal{.law = model::SynapseLaw::orthogonal};
  for (const auto activation : {Activation::tanh, Activation::erf, Activation::linear}) {
    for (const double d : dimensionalities(network_of_gain(1.5, 20, activation), orthogonal)) {
      EXPECT_NEAR(d, 1, 1e-13);
    }
  }
}

// 1/D̃' − 1 = η²(1/D̃ − 1), and η < 1 save for linear neurons: D̃ rises where inputs are correlated.
TEST(DimensionRecursion, OfOrthogonalSynapsesRaisesTheDimensionalityOfCorrelatedInputs) {
  const Synapses orthogonal{.law = model::SynapseLaw::orthogonal};
  const auto layers =
      predict_dimension(network_of_gain(1.5, 20), orthogonal, {.strength = 2}).layers;
  double excess = 2;
  for (const auto& layer : layers) {
    EXPECT_LT(layer.eta, 1);
    excess *= layer.eta * layer.eta;
    EXPECT_NEAR(1 / layer.dimensionality - 1, excess, 1e-12);
  }
}

// φ = sign: κΔ = 2/π and K = 1, so that 1/D̃' = 1 + (2/π)²(1/D̃ + r²).
TEST(DimensionRecursion, TendsToThatOfTheSignForLargeGains) {
  const double share = std::pow(2 / std::numbers::pi, 2);
  for (const auto activation : {Activation::tanh, Activation::erf}) {
    for (const double gain : {1e8, 1e15, 1e30, 1e60}) {
      double inverse = 1;
      for (const auto& layer :
           predict_dimension(network_of_gain(gain, 8, activation), {.correlation = 1.5}).layers) {
        inverse = 1 + share * (inverse + 2.25);
        EXPECT_NEAR(layer.dimensionality, 1 / inverse, 1e-7) << gain;
        EXPECT_NEAR(layer.moments.variance, 1, 1e-7);
        EXPECT_NEAR(layer.eta, 2 / std::numbers::pi, 1e-7);
      }
    }
  }
}

// A small field meets a linear neuron of slope φ'(0): what is left of that is Δ, 1e-6 here.
TEST(DimensionRecursion, TendsToTheLinearOneForSmallGains) {
  const auto d = dimensionalities(network_of_gain(1e-3, 20), {.correlation = 1});
  for (std::size_t l = 0; l < d.size(); ++l) {
    EXPECT_NEAR(1 / d[l], 1 + 2 * static_cast<double>(l + 1), 1e-4);
  }
}

TEST(DimensionRecursion, FallsFromLayerToLayerAndLowerWithCorrelation) {
  for (const double gain : {0.3, 1.0, 1.5, 10.0, 100.0}) {
    std::vector<double> lower(8, 1.0);
    for (const double r : {0.0, 1.0, 2.0}) {
      const auto layers = predict_dimension(network_of_gain(gain, 8), {.correlation = r}).layers;
      double before = 1;
      for (std::size_t l = 0; l < layers.size(); ++l) {
        EXPECT_LT(layers[l].dimensionality, before);
        EXPECT_LT(layers[l].dimensionality, lower[l]);
        before = lower[l] = layers[l].dimensionality;
      }
    }
  }
}

TEST(DimensionRecursion, CarriesTheMeanOfTheInputs) {
  // A linear layer turns m into Wm + b: Q' = g²Q + σ_b², K' = g²K.
  const auto layers = predict_dimension(network_of_gain(2, 3, Activation::linear, 0.5), {},
                                        {.mean_square = 0.25, .mean = 0.1})
                          .layers;
  double square = 0.25;
  for (const auto& layer : layers) {
    square = 4 * square + 0.5;
    EXPECT_NEAR(layer.moments.mean_square, square, 1e-12 * square);
    EXPECT_NEAR(layer.moments.mean, 0, 1e-12);
  }
  EXPECT_NEAR(layers[2].moments.variance, 64, 1e-11);
}

TEST(DimensionRecursion, KeepsTheNormOfThresholdedRelusAtTheCriticalVariance) {
  const Network critical(
      {.depth = 6, .active_fraction = .1, .presynaptic = LateralFilter::box(13)});
  const DimensionRecursion recursion(critical, {});
  // Fields of total variance 1 at the second layer keep it: K' + Q' + m M'² = 1/g².
  const auto layers = recursion.layers({.variance = 1 / recursion.weight_variance()}, 6);
  for (const auto& layer : layers) {
    const auto& m = layer.moments;
    EXPECT_NEAR(m.variance + m.mean_square + 12 * m.mean * m.mean, 1 / recursion.weight_variance(),
                1e-11);
  }
}

// A filter that acts on odd neurons adds Σ_{γ≠0}B² where r² stands, from the second layer on.
TEST(DimensionRecursion, TakesAFilterLikeACorrelation) {
  const Network filtered({.depth = 5,
                          .activation = Activation::linear,
                          .weight_variance = 1,
                          .presynaptic = LateralFilter::box(3)});
  const double squares = 2 * (4.0 / 9 + 1.0 / 9);  // B = 2/3, 1/3 on either side
  const auto d = dimensionalities(filtered, {});
  for (std::size_t l = 0; l < d.size(); ++l) {
    EXPECT_NEAR(1 / d[l], 2 + static_cast<double>(l) * (1 + squares), 1e-12);
  }
}

// tr (BC)²/N of C = K(1 + r 11ᵀ/√N) is K²(1 + ΣB² + (1+m)²r²), B a circulant whose rows sum to
// 1 + m. What a layer makes of it is not shared: it is met by the filter once.
TEST(DimensionRecursion, LetsAFilterSeeCorrelationsOfOneSignAsAWhole) {
  const Network filtered({.depth = 5,
                          .activation = Activation::linear,
                          .weight_variance = 1,
                          .presynaptic = LateralFilter::box(3)});
  constexpr double r = 0.7;
  const double squares = 2 * (4.0 / 9 + 1.0 / 9);
  for (const auto across : {SynapseSide::receiving, SynapseSide::sending}) {
    const auto d = dimensionalities(filtered, {.correlation = r, .across = across});
    for (std::size_t l = 0; l < d.size(); ++l) {
      const double layer = 1 + squares + 9 * r * r;
      EXPECT_NEAR(1 / d[l], 2 + r * r + static_cast<double>(l) * layer, 1e-12);
    }
    const Synapses mixed{.correlation = r, .across = across, .signs = model::SynapseSigns::mixed};
    EXPECT_NEAR(1 / dimensionalities(filtered, mixed)[1], 3 + squares + 2 * r * r, 1e-12);
  }
}

/// Limits that `wideproof validate` fitted to networks of 4096 to 262144 units, 48 each, of tanh,
/// g = 1.5, r = 1 behind a box of 5 taps, 64 samples: D̃ of layers 1 to 4 with standard errors. That
/// one of the eight is off by four errors has a chance of 5e-4; the theory of mixed signs, D̃ =
/// 0.166 at layer 2, is off by sixty.
TEST(DimensionRecursion, MatchesWideSampledNetworksBehindAFilter) {
  struct Limit {
    double dimensionality, error;
  };
  const std::vector<Limit> receiving = {
      {.3926, .0076}, {.04777, .002}, {.02353, .00087}, {.01703, .00058}};
  const std::vector<Limit> sending = {
      {.3909, .0076}, {.03792, .0016}, {.02078, .00073}, {.01487, .00047}};
  const Network filtered({.depth = 4,
                          .activation = Activation::tanh,
                          .weight_variance = 2.25,
                          .presynaptic = LateralFilter::box(5)});
  for (const auto& [across, measured] :
       {std::pair{SynapseSide::receiving, receiving}, {SynapseSide::sending, sending}}) {
    Synapses synapses{.correlation = 1, .across = across};
    const auto d = dimensionalities(filtered, synapses);
    for (std::size_t l = 0; l < measured.size(); ++l) {
      EXPECT_NEAR(d[l], measured[l].dimensionality, 4 * measured[l].error);
    }
    synapses.signs = model::SynapseSigns::mixed;
    EXPECT_GT(dimensionalities(filtered, synapses)[1],
              measured[1].dimensionality + 50 * measured[1].error);
  }
}

TEST(SynapseOverlap, IsThatOfTheLimitOrOfAWidth) {
  EXPECT_EQ(overlap_excess({}), 0);
  EXPECT_EQ(overlap_excess({.law = model::SynapseLaw::orthogonal}), -1);
  EXPECT_EQ(overlap_excess({.correlation = 3}), 9);
  EXPECT_EQ(overlap_excess({.correlation = 3, .exponent = 0.6}), 0);
  EXPECT_EQ(overlap_excess({.correlation = 3, .exponent = 0.4}), INFINITY);
  EXPECT_NEAR(overlap_excess({.correlation = 3}, 500), 9, 1e-13);
  EXPECT_NEAR(overlap_excess({.correlation = 3, .exponent = 1}, 500), 9. / 500, 1e-15);
  EXPECT_EQ(dimensionalities(network_of_gain(1.5, 2), {.correlation = 1, .exponent = 0.25})[1], 0);
}

TEST(DimensionRecursion, RefusesWhatItHasNoTheoryOf) {
  EXPECT_EQ(message_of([] {
              predict_dimension(network_of_gain(1.5, 2),
                                {.learning = model::SynapseLearning::hebb});
            }),
            "network.synapses.learning = \"hebb\": learnt synapses have no theory; \"none\" has");
  EXPECT_THAT(
      message_of([] { predict_dimension(Network({.postsynaptic = LateralFilter::box(3)}), {}); }),
      HasSubstr("network.postsynaptic.filter = \"box\": has no theory"));
  EXPECT_THAT(
      message_of([] { predict_dimension(network_of_gain(1.5, 2), {.correlation = 11}, {}, 100); }),
      HasSubstr("network.synapses.correlation = 11: gives weights a correlation of 1.1"));
}

TEST(DimensionRecursion, RefusesCorrelatedSendersOfNonzeroMean) {
  Synapses senders{.correlation = 1, .across = SynapseSide::sending};
  const Network rectifiers({.activation = Activation::relu, .weight_variance = 2});
  EXPECT_NO_THROW(predict_dimension(network_of_gain(1.5, 8), senders));
  EXPECT_THAT(
      message_of([&] { predict_dimension(rectifiers, senders); }),
      HasSubstr("network.synapses.across = \"sending\": the fields of the next layer grow"));
  senders.signs = model::SynapseSigns::mixed;
  EXPECT_NO_THROW(predict_dimension(rectifiers, senders));
}

TEST(DimensionRecursion, RefusesInputsThatDoNotExist) {
  const auto refusal = [](const LayerMoments& inputs) {
    return message_of([&] { predict_dimension(network_of_gain(1.5, 2), {}, inputs); });
  };
  EXPECT_THAT(refusal({.variance = 0}), HasSubstr("the inputs' variance = 0: must lie in"));
  EXPECT_THAT(refusal({.square = 0.5}), HasSubstr("the inputs' square = 0.5: must lie in"));
  EXPECT_THAT(refusal({.strength = -1}), HasSubstr("the inputs' strength = -1: must lie in"));
  EXPECT_THAT(refusal({.mean_square = 1, .mean = 2}), HasSubstr("the inputs' mean square = 1"));
}

TEST(DimensionRecursion, RefusesVariancesBeyondItsRange) {
  EXPECT_THAT(message_of([] { predict_dimension(network_of_gain(1e-3, 1000), {}); }),
              HasSubstr("network.weight_variance = 1e-06: gives the activations of layer 23 a "
                        "variance of"));
  EXPECT_THAT(
      message_of([] { predict_dimension(network_of_gain(1e3, 1000, Activation::linear), {}); }),
      HasSubstr("layer 23"));
}

}  // namespace
}  // namespace wideproof::theory
