// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include <cmath>
#include <numbers>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/recursion/correlation_map.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;

constexpr Activation all_activations[] = {Activation::thresholded_relu,
                                          Activation::thresholded_step,
                                          Activation::relu,
                                          Activation::erf,
                                          Activation::tanh,
                                          Activation::linear};

/// One rounding error a layer, times a slope of the variance that no case here has above 2.
constexpr double rounding = 1e-13;

Eigen::MatrixXd two_inputs(double c) {
  Eigen::MatrixXd cosines(2, 2);
  cosines << 1, c, c, 1;
  return cosines;
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

TEST(KernelRecursion, SaysWhereAFunctionPutsOutNothing) {
  const Network network(
      {.depth = 2,
       .activation = Activation::pointwise,
       .function = {.function = model::Function::expression, .expression = "0*x"}});
  EXPECT_THAT(message_of([&] { predict(network, two_inputs(.5)); }),
              testing::HasSubstr("network.activation = \"expression\": puts out next to nothing"));
}

TEST(KernelRecursion, MatchesPrintedIterates) {
  const Network network(
      {.depth = 6, .active_fraction = .07, .presynaptic = LateralFilter::box(16)});
  const auto prediction = predict(network, two_inputs(.5));
  const double expected[] = {.54141005, .56333294, .57575736, .58306108, .58744532};
  for (std::size_t l = 0; l < 5; ++l) {
    EXPECT_NEAR(prediction.layers[l].next_kernel(0, 1), expected[l], printed(8));
    EXPECT_NEAR(prediction.layers[l + 1].preactivation(0, 1), expected[l], printed(8));
  }
}

TEST(KernelRecursion, ReducesToReluAtZeroThreshold) {
  const auto thresholded = predict(
      Network({.activation = Activation::thresholded_relu, .active_fraction = .5}), two_inputs(.3));
  const auto relu = predict(Network({.activation = Activation::relu}), two_inputs(.3));
  EXPECT_EQ(thresholded.weight_variance, relu.weight_variance);
  EXPECT_NEAR(relu.weight_variance, 2, rounding);
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_EQ(thresholded.layers[l].correlation, relu.layers[l].correlation);
    EXPECT_NEAR(thresholded.layers[l].gram(0, 1), 2 * relu.layers[l].gram(0, 1), rounding);
  }
}

TEST(KernelRecursion, CriticalVarianceKeepsUnitVariance) {
  for (const auto activation : all_activations) {
    const Network network({.depth = 20,
                           .activation = activation,
                           .bias_variance = .1,
                           .presynaptic = LateralFilter::box(4),
                           .postsynaptic = LateralFilter::box(3)});
    const auto prediction = predict(network, two_inputs(.3));
    for (const auto& layer : prediction.layers) {
      EXPECT_NEAR(layer.preactivation(1, 1), 1, rounding) << name_of(activation);
    }
  }
}

TEST(KernelRecursion, CriticalVarianceIsTheStatedOne) {
  const double m = 12;
  const auto kernel = ThresholdedReluKernel::from_active_fraction(.1);
  const auto prediction = predict(
      Network({.active_fraction = .1, .presynaptic = LateralFilter::box(13)}), two_inputs(.3));
  const double expected = 1 / (kernel.at_one() + m * kernel.at_zero());
  EXPECT_NEAR(prediction.weight_variance, expected, 1e-12 * expected);
  // The table's k(1) and k(0) at f = .1.
  EXPECT_NEAR(1 / prediction.weight_variance, .03932727948 + m * .002241376255, printed(10));
}

TEST(KernelRecursion, FillsEveryField) {
  const auto prediction =
      predict(Network({.depth = 2, .active_fraction = .3, .presynaptic = LateralFilter::box(5)}),
              two_inputs(.5));
  ASSERT_EQ(prediction.layers.size(), 2U);
  const auto& first = prediction.layers[0];
  EXPECT_EQ(first.preactivation, two_inputs(.5));
  EXPECT_NEAR(first.gram(0, 0), 1, rounding);
  EXPECT_NEAR(first.gram(0, 1), .09728989358 / .2001685842, 1e-9);
  EXPECT_NEAR(first.correlation(0, 1), first.gram(0, 1), rounding);
  EXPECT_NEAR(first.next_kernel(0, 1),
              (.09728989358 + 4 * .03624167367) / (.2001685842 + 4 * .03624167367), 1e-9);
  EXPECT_NEAR(first.active_fraction, .3, rounding);
  EXPECT_EQ(prediction.layers[1].next_kernel.size(), 0);
  EXPECT_NEAR(prediction.gram_scale, .2001685842, printed(10));
  EXPECT_NEAR(prediction.tau.value(), .5244005127, printed(10));
  EXPECT_NEAR(prediction.degree_of_correlation, 4, rounding);
  EXPECT_NEAR(prediction.critical_degree_of_correlation.value(), 2.755, printed(3));
}

TEST(KernelRecursion, GivesRawGramsToOtherActivations) {
  const auto step = predict(Network({.activation = Activation::thresholded_step}), two_inputs(.5));
  EXPECT_NEAR(step.layers[0].gram(0, 0), .1, rounding);
  EXPECT_EQ(step.gram_scale, 1);
  EXPECT_TRUE(step.tau.has_value());
  EXPECT_FALSE(step.critical_degree_of_correlation.has_value());
  const auto tanh = predict(Network({.activation = Activation::tanh}), two_inputs(.5));
  EXPECT_FALSE(tanh.tau.has_value());
  EXPECT_EQ(tanh.layers[0].active_fraction, .5);
  EXPECT_EQ(tanh.layers[0].correlation(0, 0), 1);
}

TEST(KernelRecursion, OddActivationsFeelNoFilterOnOneSideAlone) {
  const auto plain = predict(Network({.activation = Activation::tanh}), two_inputs(.5));
  const auto filtered =
      predict(Network({.activation = Activation::tanh, .presynaptic = LateralFilter::box(9)}),
              two_inputs(.5));
  EXPECT_NEAR(plain.layers[2].gram(0, 1), filtered.layers[2].gram(0, 1), rounding);
}

TEST(KernelRecursion, IsUnchangedByPostsynapticCorrelationAlone) {
  const auto plain = predict(Network({}), two_inputs(.5));
  const auto filtered = predict(Network({.postsynaptic = LateralFilter::box(9)}), two_inputs(.5));
  EXPECT_EQ(plain.layers[2].gram, filtered.layers[2].gram);
}

TEST(KernelRecursion, FollowsTheCorrelationMapOfBothFiltersAndBias) {
  const Network network({.active_fraction = .2,
                         .bias_variance = .1,
                         .presynaptic = LateralFilter::box(5),
                         .postsynaptic = LateralFilter::box(3)});
  const CorrelationMap map(network);
  const auto prediction = predict(network, two_inputs(.2));
  for (const auto& layer : prediction.layers) {
    if (layer.next_kernel.size() == 0) continue;
    EXPECT_NEAR(layer.next_kernel(0, 1), map(layer.preactivation(0, 1)), rounding);
  }
}

TEST(KernelRecursion, ScalesVariancesOfAGivenWeightVariance) {
  const Network network({.active_fraction = .3, .weight_variance = 2.0, .bias_variance = .25});
  const auto prediction = predict(network, two_inputs(.5));
  EXPECT_EQ(prediction.weight_variance, 2);
  const double second = 2 * .2001685842 + .25;
  EXPECT_NEAR(prediction.layers[1].preactivation(0, 0), second, 1e-9);
  EXPECT_NEAR(prediction.layers[1].gram(0, 0), second, 1e-9);
  EXPECT_NEAR(prediction.layers[1].next_kernel(0, 0), 2 * .2001685842 * second + .25, 1e-9);
}

TEST(KernelRecursion, LargeGramsAgreeWithSmallOnes) {
  const Network network({.depth = 10, .presynaptic = LateralFilter::box(13)});
  const Eigen::Index count = 200;
  Eigen::MatrixXd cosines(count, count);
  for (Eigen::Index a = 0; a < count; ++a) {
    for (Eigen::Index b = 0; b < count; ++b) {
      cosines(a, b) =
          std::cos(2 * std::numbers::pi * static_cast<double>(a - b) / static_cast<double>(count));
    }
  }
  const auto large = predict(network, cosines);
  for (const Eigen::Index b : {1, 10, 100}) {
    const auto small = predict(network, two_inputs(cosines(0, b)));
    for (std::size_t l = 0; l < 10; ++l) {
      // The map contracts where it is not near 1, and k_τ(1) is above 1/50: 1e-12 becomes 5e-10.
      EXPECT_NEAR(large.layers[l].gram(0, b), small.layers[l].gram(0, 1), 5e-10);
      EXPECT_NEAR(large.layers[l].preactivation(0, 0), 1, rounding);
    }
  }
}

TEST(KernelRecursion, NamesTheWeightVarianceThatOverflows) {
  const Network exploding({.depth = 1000, .weight_variance = 1000.0});
  EXPECT_THAT(message_of([&] { predict(exploding, two_inputs(.5)); }),
              testing::StartsWith("network.weight_variance = 1000"));
  const Network vanishing({.depth = 1000, .weight_variance = 1e-3});
  EXPECT_THAT(message_of([&] { predict(vanishing, two_inputs(.5)); }),
              testing::StartsWith("network.weight_variance = 0.001"));
}

TEST(KernelRecursion, NamesTheVarianceThatSaturatesTanhAtOnce) {
  const auto message = [](Network::Options options) {
    options.activation = Activation::tanh;
    return message_of([=] { predict(Network(options), two_inputs(.5)); });
  };
  EXPECT_EQ(message({.weight_variance = 199.0}), "no error");
  EXPECT_EQ(message({.weight_variance = 1.0, .bias_variance = 199}), "no error");
  EXPECT_THAT(message({.weight_variance = 1e8}),
              testing::AllOf(testing::StartsWith("network.weight_variance = 100000000"),
                             testing::HasSubstr("computed up to 200")));
  for (const auto& [bias, text] : {std::pair(1e4, "10000"), {1e15, "1000000000000000"}}) {
    EXPECT_THAT(message({.weight_variance = 1.0, .bias_variance = bias}),
                testing::AllOf(testing::StartsWith(std::string("network.bias_variance = ") + text),
                               testing::HasSubstr("computed up to 200")));
  }
  // No layer follows the first, whose variance is 1.
  EXPECT_EQ(message({.depth = 1, .weight_variance = 1e8}), "no error");
}

TEST(KernelRecursion, NamesTheBiasThatOverflows) {
  const auto message = message_of([] {
    predict(
        Network({.activation = Activation::relu, .weight_variance = 2.0, .bias_variance = 1e200}),
        two_inputs(.5));
  });
  EXPECT_THAT(message, testing::StartsWith("network.bias_variance = 1e+200"));
}

TEST(KernelRecursion, LeavesRoomForTheSquaresOfVanishingGramMatrices) {
  // Of (σ²/2)^l, l = 0 … depth − 1; 1e-160 would have squares that are no normal doubles.
  const auto of_depth = [](std::int64_t depth) {
    return message_of([=] {
      predict(Network({.depth = depth, .activation = Activation::relu, .weight_variance = 2e-5}),
              two_inputs(.5));
    });
  };
  EXPECT_EQ(of_depth(28), "no error");
  EXPECT_THAT(of_depth(33), testing::StartsWith("network.weight_variance = 2e-05"));
  // The last layer's, which no variance follows.
  const auto last = message_of([] {
    predict(Network({.depth = 2, .activation = Activation::relu, .weight_variance = 1.03e-135}),
            two_inputs(.5));
  });
  EXPECT_THAT(last, testing::StartsWith("network.weight_variance = 1.03e-135: takes the norm"));
}

TEST(KernelRecursion, NamesTheFilterThatLeavesNoCriticalVariance) {
  // Over a hat of three taps, receivers this smooth have A = 1 to 1e-5, and B sums to nothing.
  const auto message = [](double receiver_scale) {
    return message_of([=] {
      LayerRecursion(Network(
          {.activation = Activation::linear,
           .presynaptic = {"network.presynaptic",
                           {.kind = LateralFilter::Kind::mexican_hat,
                            .taps = 3,
                            .scale = 1,
                            .surround_scale = 2}},
           .postsynaptic = {"network.postsynaptic",
                            {.kind = LateralFilter::Kind::gaussian, .scale = receiver_scale}}}));
    });
  };
  EXPECT_EQ(message(10), "no error");
  EXPECT_THAT(message(300), testing::StartsWith("network.presynaptic.filter = mexican-hat"));
}

TEST(KernelRecursion, RefusesMatricesThatAreNoCosines) {
  const Network network({});
  EXPECT_THROW(predict(network, Eigen::MatrixXd::Ones(2, 3)), model::InputError);
  EXPECT_THROW(predict(network, Eigen::MatrixXd(0, 0)), model::InputError);
  EXPECT_THROW(predict(network, two_inputs(1.1)), model::InputError);
  EXPECT_THROW(predict(network, two_inputs(std::nan(""))), model::InputError);
  EXPECT_THROW(predict(network, 2 * two_inputs(.1)), model::InputError);
}

// The many go through DerivativeInterpolant; one pair takes L itself.
TEST(KernelRecursion, SeparatingFractionsOfManyInputsAreThoseOfPairs) {
  const Network network({.depth = 2, .active_fraction = 0.2});
  constexpr Eigen::Index count = 190;
  Eigen::MatrixXd deficits(count, count);
  for (Eigen::Index a = 0; a < count; ++a) {
    for (Eigen::Index b = 0; b < count; ++b) {
      const double x = std::abs(static_cast<double>(a - b)) / (count - 1);
      deficits(a, b) = 2 * x * x * x;
    }
  }
  const auto many = predict(network, model::Deficits(deficits)).layers.back().separating_fraction;
  for (const Eigen::Index b : {1, 7, 60, 150, 189}) {
    const double delta = deficits(0, b);
    const auto one =
        predict(network, model::Deficits((Eigen::MatrixXd(2, 2) << 0, delta, delta, 0).finished()))
            .layers.back()
            .separating_fraction;
    EXPECT_NEAR(many(0, b) / one(0, 1), 1, 1e-12) << delta;
    EXPECT_GT(one(0, 1), 0);
  }
  EXPECT_EQ(many(5, 5), 0);
}

}  // namespace
}  // namespace wideproof::theory
