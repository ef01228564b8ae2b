// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/fluctuation.hpp>

#include <cmath>
#include <stdexcept>

#include <Eigen/Eigenvalues>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/theory/fluctuations/pair_fluctuation.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;
using model::ThresholdRule;

constexpr ThresholdRule all_rules[] = {ThresholdRule::fixed, ThresholdRule::std,
                                       ThresholdRule::quantile};

/// A few dozen roundings of numbers of order 1 to 100.
constexpr double rounding = 1e-12;

Eigen::MatrixXd two_inputs(double c) {
  Eigen::MatrixXd cosines(2, 2);
  cosines << 1, c, c, 1;
  return cosines;
}

model::Fluctuation fluctuation_of(const Network& network, const Eigen::MatrixXd& cosines) {
  return predict_fluctuation(network, predict(network, cosines));
}

TEST(Fluctuation, OfAHomogeneousNormGrowsLinearly) {
  for (const auto rule : {ThresholdRule::std, ThresholdRule::quantile}) {
    const auto layers =
        fluctuation_of(Network({.depth = 4, .threshold = rule}), two_inputs(.3)).layers;
    const double kappa = rule == ThresholdRule::std ? 27.655622 : 30.831666;
    for (std::size_t l = 0; l < 4; ++l) {
      const double expected = static_cast<double>(l + 1) * kappa;
      EXPECT_NEAR(layers[l].gram_variance(0, 0), expected, 4 * printed(6));
      EXPECT_NEAR(layers[l].gram_bias(0, 0), static_cast<double>(l + 1) * layers[0].gram_bias(0, 0),
                  rounding * expected);
    }
  }
}

TEST(Fluctuation, OfAHomogeneousNormStaysLinearInDeepNetworks) {
  // Below m* equal inputs are unstable: a rounding would grow as 3.4^layer.
  constexpr std::int64_t depth = 60;
  for (const auto& senders : {LateralFilter(), LateralFilter::box(15)}) {
    const Network network({.depth = depth, .active_fraction = .07, .presynaptic = senders});
    const auto layers = fluctuation_of(network, two_inputs(.3)).layers;
    const double a_layer = layers[2].gram_variance(0, 0) - layers[1].gram_variance(0, 0);
    const double bias_of_a_layer = layers[2].gram_bias(0, 0) - layers[1].gram_bias(0, 0);
    const auto more = static_cast<double>(depth - 2);
    EXPECT_NEAR(layers.back().gram_variance(0, 0), layers[1].gram_variance(0, 0) + more * a_layer,
                1e-9 * more * a_layer);
    EXPECT_NEAR(layers.back().gram_bias(0, 0), layers[1].gram_bias(0, 0) + more * bias_of_a_layer,
                1e-9 * more * std::abs(bias_of_a_layer));
  }
}

TEST(Fluctuation, OfFixedThresholdsGrowsByItsInstability) {
  const auto layers =
      fluctuation_of(Network({.depth = 5, .threshold = ThresholdRule::fixed}), two_inputs(.3))
          .layers;
  const double chi = .1 / .03932727948;
  double variance = 0;
  for (const auto& layer : layers) {
    variance = 38.586922 + chi * chi * variance;
    EXPECT_NEAR(layer.gram_variance(1, 1), variance, 1e-7 * variance);
  }
}

TEST(Fluctuation, OfFixedThresholdsHasNoBiasAtTheFirstLayer) {
  const auto layers =
      fluctuation_of(Network({.depth = 2, .threshold = ThresholdRule::fixed}), two_inputs(.3))
          .layers;
  EXPECT_EQ(layers[0].gram_bias.cwiseAbs().maxCoeff(), 0);
  EXPECT_NE(layers[0].correlation_bias(0, 1), 0);
  EXPECT_NE(layers[1].gram_bias(0, 0), 0);
}

/// Wishart: a sample correlation of n normals has n·Var → (1−c²)² and n·bias → −c(1−c²)/2
/// (Hotelling 1953), and each layer adds as much.
TEST(Fluctuation, OfLinearNetworksIsHotellings) {
  const double c = .3;
  const auto layers =
      fluctuation_of(Network({.depth = 3, .activation = Activation::linear}), two_inputs(c)).layers;
  for (std::size_t l = 0; l < 3; ++l) {
    const auto depth = static_cast<double>(l + 1);
    EXPECT_NEAR(layers[l].gram_variance(0, 0), 2 * depth, rounding);
    EXPECT_NEAR(layers[l].gram_variance(0, 1), (1 + c * c) * depth, rounding);
    EXPECT_NEAR(layers[l].gram_bias(0, 1), 0, rounding);
    EXPECT_NEAR(layers[l].correlation_variance(0, 1), std::pow(1 - c * c, 2) * depth, rounding);
    EXPECT_NEAR(layers[l].correlation_bias(0, 1), -.5 * c * (1 - c * c) * depth, rounding);
  }
}

TEST(Fluctuation, OfCorrelationsDoesNotSeeTheWeightsScale) {
  for (const auto rule : {ThresholdRule::std, ThresholdRule::quantile}) {
    const auto network = [rule](std::optional<double> weight_variance) {
      return Network({.depth = 3,
                      .active_fraction = .3,
                      .threshold = rule,
                      .weight_variance = weight_variance,
                      .presynaptic = LateralFilter::box(4)});
    };
    const auto critical = fluctuation_of(network({}), two_inputs(.3)).layers;
    const auto tripled = fluctuation_of(network(3.0), two_inputs(.3)).layers;
    for (std::size_t l = 0; l < 3; ++l) {
      EXPECT_NEAR(critical[l].correlation_variance(0, 1), tripled[l].correlation_variance(0, 1),
                  rounding);
      EXPECT_NEAR(critical[l].correlation_bias(0, 1), tripled[l].correlation_bias(0, 1), rounding);
    }
  }
}

TEST(Fluctuation, OfEqualInputsIsThatOfOne) {
  Eigen::MatrixXd cosines(3, 3);
  cosines << 1, 1, .2, 1, 1, .2, .2, .2, 1;
  for (const auto& filter : {LateralFilter(), LateralFilter::box(3)}) {
    for (const auto rule : all_rules) {
      const Network network({.threshold = rule, .postsynaptic = filter});
      for (const auto& layer : fluctuation_of(network, cosines).layers) {
        EXPECT_EQ(layer.gram_variance(0, 1), layer.gram_variance(0, 0));
        EXPECT_EQ(layer.correlation_variance(0, 1), 0);
        EXPECT_EQ(layer.gram_variance(0, 2), layer.gram_variance(1, 2));
        EXPECT_EQ(layer.gram_bias(0, 1), layer.gram_bias(0, 0));
        EXPECT_EQ(layer.correlation_bias(0, 1), 0);
      }
    }
  }
}

TEST(Fluctuation, IsContinuousAtEqualInputs) {
  for (const auto rule : all_rules) {
    const Network network({.threshold = rule, .presynaptic = LateralFilter::box(5)});
    const auto layers = fluctuation_of(network, two_inputs(1 - 1e-10)).layers;
    for (const auto& layer : layers) {
      // What parts inputs goes as √(1−c), 1e-5.
      EXPECT_NEAR(layer.gram_variance(0, 1), layer.gram_variance(0, 0),
                  1e-4 * layer.gram_variance(0, 0));
      EXPECT_NEAR(layer.gram_bias(0, 1), layer.gram_bias(0, 0), 1e-4 * layer.gram_variance(0, 0));
      EXPECT_LT(layer.correlation_variance(0, 1), 1e-6);
    }
  }
}

TEST(Fluctuation, OfOppositeInputsIsFinite) {
  for (const auto activation :
       {Activation::relu, Activation::thresholded_relu, Activation::linear}) {
    for (const double f : {.1, .5, .8}) {
      const Network network({.activation = activation, .active_fraction = f});
      for (const auto& layer : fluctuation_of(network, two_inputs(-1)).layers) {
        EXPECT_TRUE(layer.gram_variance.allFinite() && layer.gram_bias.allFinite());
        EXPECT_TRUE(layer.correlation_variance.allFinite() && layer.correlation_bias.allFinite());
      }
    }
  }
}

TEST(Fluctuation, IsFiniteForEveryDerivedNetwork) {
  Eigen::MatrixXd cosines(4, 4);  // of angles 0, 1e-7, 60 and 180 degrees
  cosines << 1, 1 - 1e-14, .5, -1, 1 - 1e-14, 1, .5, -1, .5, .5, 1, -.5, -1, -1, -.5, 1;
  const LateralFilter hat(
      "filter", {.kind = LateralFilter::Kind::mexican_hat, .scale = 1, .surround_scale = 2});
  const LateralFilter filters[] = {LateralFilter::box(3), hat, LateralFilter::uniform(-1)};
  const auto expect_finite = [&](const Network& network) {
    for (const auto& layer : fluctuation_of(network, cosines).layers) {
      EXPECT_TRUE(layer.gram_variance.allFinite() && layer.gram_bias.allFinite());
      EXPECT_TRUE(layer.correlation_variance.allFinite() && layer.correlation_bias.allFinite());
      EXPECT_GT(layer.gram_variance.diagonal().minCoeff(), 0);
      EXPECT_GE(layer.correlation_variance.minCoeff(), 0);
    }
  };
  for (const double f : {1e-4, .5, .9}) {
    for (const auto rule : all_rules) {
      for (const auto& filter : filters) {
        expect_finite(Network({.active_fraction = f, .threshold = rule, .presynaptic = filter}));
        expect_finite(Network({.active_fraction = f, .threshold = rule, .postsynaptic = filter}));
      }
    }
  }
}

TEST(Fluctuation, TakesAFilterOfOneTapAsNone) {
  const Network plain({});
  const Network filtered(
      {.presynaptic = LateralFilter::box(1), .postsynaptic = LateralFilter::uniform(0)});
  EXPECT_EQ(fluctuation_of(plain, two_inputs(.3)).layers[2].gram_variance,
            fluctuation_of(filtered, two_inputs(.3)).layers[2].gram_variance);
}

TEST(Fluctuation, IsTheSameForAPairAmongMany) {
  const Network network({.active_fraction = .2, .postsynaptic = LateralFilter::box(3)});
  const Eigen::Index count = 12;
  Eigen::MatrixXd cosines(count, count);
  const auto angle = [](Eigen::Index a) { return .05 * static_cast<double>(a * a); };
  for (Eigen::Index a = 0; a < count; ++a) {
    for (Eigen::Index b = 0; b < count; ++b) cosines(a, b) = std::cos(angle(a) - angle(b));
  }
  cosines.diagonal().setOnes();
  const auto many = fluctuation_of(network, cosines).layers;
  const auto one = fluctuation_of(network, two_inputs(cosines(2, 7))).layers;
  for (std::size_t l = 0; l < one.size(); ++l) {
    EXPECT_EQ(many[l].gram_variance, many[l].gram_variance.transpose());
    const double size = one[l].gram_variance(0, 0);
    EXPECT_NEAR(many[l].gram_variance(2, 7), one[l].gram_variance(0, 1), 1e-4 * size);
    EXPECT_NEAR(many[l].gram_variance(3, 3), size, 1e-4 * size);
    EXPECT_NEAR(many[l].correlation_variance(2, 7), one[l].correlation_variance(0, 1),
                1e-4 * one[l].correlation_variance(0, 1));
  }
}

TEST(Fluctuation, CountsEffectiveNeurons) {
  const auto fixed = [](const LateralFilter& presynaptic, const LateralFilter& postsynaptic) {
    return fluctuation_of(Network({.depth = 2,
                                   .threshold = ThresholdRule::fixed,
                                   .presynaptic = presynaptic,
                                   .postsynaptic = postsynaptic}),
                          two_inputs(.3))
        .layers;
  };
  const auto plain = fixed({}, {});
  EXPECT_EQ(plain[0].effective_neurons, 1);
  const auto senders = fixed(LateralFilter::box(13), {});
  EXPECT_NEAR(senders[0].effective_neurons, 38.6 / 51.3, 1e-3);
  EXPECT_NEAR(senders[1].effective_neurons, 1, rounding);
  const auto receivers = fixed({}, LateralFilter::box(9));
  EXPECT_LT(receivers[0].effective_neurons, 1);
  EXPECT_NEAR(receivers[1].effective_neurons,
              plain[0].gram_variance(0, 0) / receivers[0].gram_variance(0, 0), rounding);
}

TEST(Fluctuation, SaysWhatIsNotDerived) {
  for (const auto activation : {Activation::tanh, Activation::erf, Activation::thresholded_step}) {
    const auto fluctuation = fluctuation_of(Network({.activation = activation}), two_inputs(.3));
    EXPECT_TRUE(fluctuation.layers.empty());
    EXPECT_THAT(fluctuation.not_derived, testing::HasSubstr("derived only for the "));
  }
  const Network both(
      {.presynaptic = LateralFilter::box(3), .postsynaptic = LateralFilter::uniform(2)});
  EXPECT_TRUE(fluctuation_of(both, two_inputs(.3)).layers.empty());
  EXPECT_THAT(fluctuation_of(both, two_inputs(.3)).not_derived, testing::HasSubstr("together"));
  EXPECT_THROW(PairRecursion(both, predict(both, two_inputs(.3)), 1), std::invalid_argument);
}

TEST(Fluctuation, OfUniformSendersLosesTheirOwnPair) {
  // Ĝ^B = (1−m/n) Ĝ + m z̄ z̄ᵀ has the mean k + mμ² − mμ²/n, and a ReLU's norm no other bias.
  const double m = 3;
  const auto layers = fluctuation_of(Network({.depth = 2,
                                              .activation = Activation::relu,
                                              .presynaptic = LateralFilter::uniform(m)}),
                                     two_inputs(.3))
                          .layers;
  const double filtered = m * .1591549431;
  EXPECT_NEAR(layers[1].gram_bias(0, 0), -.5 * filtered / (.5 + filtered), 1e-9);
}

TEST(PairRecursion, GivesTheWholeCovariance) {
  const Network network({.depth = 3, .threshold = ThresholdRule::quantile});
  const auto prediction = predict(network, two_inputs(.3));
  const auto pair = PairRecursion(network, prediction, 1)(0, 1);
  const auto layers = predict_fluctuation(network, prediction).layers;
  ASSERT_EQ(pair.size(), 3U);
  for (std::size_t l = 0; l < 3; ++l) {
    const Eigen::Matrix3d& v = pair[l].gram_covariance;
    EXPECT_NEAR(v(entry_aa, entry_aa), layers[l].gram_variance(0, 0), rounding * v(0, 0));
    EXPECT_EQ(v(entry_ab, entry_ab), layers[l].gram_variance(0, 1));
    EXPECT_NEAR(v(entry_aa, entry_ab), v(entry_bb, entry_ab), rounding * v(0, 0));
    EXPECT_GT(v.selfadjointView<Eigen::Lower>().eigenvalues().minCoeff(), 0);
    // The correlation is that of the three entries.
    const auto& g = prediction.layers[l].gram;
    const double c = g(0, 1) / g(0, 0);
    const Eigen::Vector3d gradient(-.5 * c, 1, -.5 * c);
    EXPECT_NEAR(layers[l].correlation_variance(0, 1),
                gradient.dot(v * gradient) / (g(0, 0) * g(0, 0)), 1e-10);
  }
}

}  // namespace
}  // namespace wideproof::theory
