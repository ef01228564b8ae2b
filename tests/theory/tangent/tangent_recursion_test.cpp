// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/tangent_recursion.hpp>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "cosines.hpp"
#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;
using model::TangentPrediction;
using model::Trained;

Eigen::MatrixXd pair_of(double c) {
  return (Eigen::MatrixXd(2, 2) << 1, c, c, 1).finished();
}

TangentPrediction tangent_of_pair(const Network::Options& options, double c,
                                  Trained trained = Trained::weights) {
  return predict_tangent(Network(options), pair_of(c), {.trained = trained});
}

Network::Options sparse(std::int64_t depth, double active_fraction, std::int64_t taps = 1) {
  return {.depth = depth,
          .active_fraction = active_fraction,
          .presynaptic = taps > 1 ? LateralFilter::box(taps) : LateralFilter()};
}

Network::Options with_both_filters(std::int64_t depth) {
  auto options = sparse(depth, 0.3, 5);
  options.postsynaptic = LateralFilter::box(3);
  return options;
}

TEST(TangentRecursion, OfTheOutputHasThePrintedValues) {
  struct Row {
    double active_fraction;
    std::int64_t taps;
    Trained trained;
    std::vector<double> of_a_pair, of_one;  // by depth; a pair of c = .5
  };
  const std::vector<Row> rows = {
      {.5, 1, Trained::weights, {.9423311144, 1.3514795611, 1.7378446792}, {2, 3, 4}},
      {.3,
       1,
       Trained::weights,
       {.8776279987, 1.1532046684, 1.3483306775},
       {2.4987366836, 4.7449483305, 8.1114281247}},
      {.1,
       1,
       Trained::weights,
       {.7225731476, .5868256050, .3615379568},
       {3.5427642423, 10.0084142343, 26.4490378371}},
      {.3,
       5,
       Trained::weights,
       {.8776279987, 1.1461514339, 1.4663322196},
       {2.4987366836, 3.1719628534, 3.7571474558}},
      {.3,
       5,
       Trained::field,
       {.8776279987, 1.5466947061, 2.1569736615},
       {2.4987366836, 3.8014751535, 4.9338471969}},
      {.1,
       13,
       Trained::field,
       {.7225731476, 1.2065482698, 1.6368053373},
       {3.5427642423, 7.3824177387, 13.1804145514}}};
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < 3; ++i) {
      const auto depth = static_cast<std::int64_t>(i) + 1;
      const auto theta =
          tangent_of_pair(sparse(depth, row.active_fraction, row.taps), 0.5, row.trained)
              .output_tangent;
      const auto here =
          "f = " + std::to_string(row.active_fraction) + ", depth " + std::to_string(depth);
      EXPECT_NEAR(theta(0, 1), row.of_a_pair[i], printed(10)) << here;
      EXPECT_NEAR(theta(1, 0), row.of_a_pair[i], printed(10)) << here;
      EXPECT_NEAR(theta(0, 0), row.of_one[i], printed(10)) << here;
    }
  }
}

TEST(TangentRecursion, OfTheOutputBehindTwoFiltersHasThePrintedValues) {
  const std::vector<double> of_a_pair = {.8570847907, .9828030195};
  const std::vector<double> of_one = {2.4076133701, 2.7521596063};
  for (std::size_t i = 0; i < 2; ++i) {
    const auto options = with_both_filters(static_cast<std::int64_t>(i) + 2);
    EXPECT_NEAR(tangent_of_pair(options, 0.5).output_tangent(0, 1), of_a_pair[i], printed(10));
    EXPECT_NEAR(tangent_of_pair(options, 1).output_tangent(0, 1), of_one[i], printed(10));
  }
}

TEST(TangentRecursion, OfHiddenLayersHasThePrintedValues) {
  const std::vector<double> of_weights = {.5, .4291031089, .4812958890};
  const std::vector<double> of_field = {.5, .8352488945, 1.1226595605};
  const std::vector<double> cosines = {.5, .5906123296, .6389281367};
  const auto weights = tangent_of_pair(sparse(3, .1, 13), .5);
  const auto field = tangent_of_pair(sparse(3, .1, 13), .5, Trained::field);
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_NEAR(weights.tangents[l](0, 1), of_weights[l], printed(10));
    EXPECT_NEAR(field.tangents[l](0, 1), of_field[l], printed(10));
    EXPECT_NEAR(weights.network.layers[l].preactivation(0, 1), cosines[l], printed(10));
  }
  const auto denser = tangent_of_pair(sparse(3, .3, 5), .5).network;
  EXPECT_NEAR(denser.layers[1].preactivation(0, 1), .7019177787, printed(10));
  EXPECT_NEAR(denser.layers[2].preactivation(0, 1), .8032534361, printed(10));
}

TEST(TangentRecursion, BetweenReceivingNeuronsHasThePrintedValues) {
  const auto a = [](int offset) { return offset == 0 ? 1.0 : (3 - offset) / 3.0; };
  const auto weights = tangent_of_pair(with_both_filters(3), .5);
  const auto field = tangent_of_pair(with_both_filters(3), .5, Trained::field);
  EXPECT_NEAR(weights.network.weight_variance, 1.8777667122, printed(10));
  EXPECT_NEAR(weights.network.layers[1].preactivation(0, 1), .6036015434, printed(10));
  EXPECT_NEAR(weights.network.layers[2].preactivation(0, 1), .6730001568, printed(10));
  const std::vector<std::vector<double>> of_weights = {{.3298739518, .0981241521, .0490620761},
                                                       {.3768437991, .1080471650, .0540235825}};
  const std::vector<std::vector<double>> of_field = {{.9252269737, .6168179824, .3084089912},
                                                     {1.3179721588, .8786481059, .4393240529}};
  for (std::size_t l = 1; l < 3; ++l) {
    EXPECT_NEAR(weights.tangents[l](0, 1), of_weights[l - 1][0], printed(10));
    EXPECT_NEAR(field.tangents[l](0, 1), of_field[l - 1][0], printed(10));
    for (const int offset : {1, 2}) {
      const auto i = static_cast<std::size_t>(offset);
      EXPECT_NEAR(a(offset) * weights.shared_tangents[l](0, 1), of_weights[l - 1][i], printed(10));
      EXPECT_NEAR(a(offset) * field.shared_tangents[l](0, 1), of_field[l - 1][i], printed(10));
    }
  }
  EXPECT_EQ(weights.shared_tangents[0], Eigen::MatrixXd::Zero(2, 2));
  EXPECT_EQ(field.shared_tangents[0], pair_of(.5));
}

TEST(TangentRecursion, WithBiasHasThePrintedValues) {
  auto options = sparse(3, .3, 5);
  options.bias_variance = .2;
  const auto weights = tangent_of_pair(options, .5).output_tangent;
  const auto field = tangent_of_pair(options, .5, Trained::field).output_tangent;
  EXPECT_NEAR(weights(0, 1), 1.77139654, printed(8));
  EXPECT_NEAR(weights(0, 0), 3.41183576, printed(8));
  EXPECT_NEAR(field(0, 1), 2.33563341, printed(8));
  EXPECT_NEAR(field(0, 0), 4.26564557, printed(8));
}

// Jacot, Gabriel & Hongler 2018 with the arc-cosine kernels of orders 0 and 1 (Cho & Saul 2009).
TEST(TangentRecursion, AtZeroThresholdWithoutFiltersIsTheArcCosineTangentKernel) {
  const Eigen::MatrixXd cosines = random_cosines(6, 4);
  for (const auto activation : {Activation::thresholded_relu, Activation::relu}) {
    for (const auto trained : {Trained::weights, Trained::field}) {
      const auto theory =
          predict_tangent(Network({.depth = 3, .activation = activation, .active_fraction = 0.5}),
                          cosines, {.trained = trained});
      Eigen::ArrayXXd kernel = cosines.array();
      Eigen::ArrayXXd tangent = kernel;
      for (int layer = 1; layer <= 3; ++layer) {
        EXPECT_LT((theory.tangents[static_cast<std::size_t>(layer - 1)].array() - tangent)
                      .abs()
                      .maxCoeff(),
                  1e-13);
        const Eigen::ArrayXXd angle = kernel.min(1).acos();
        const Eigen::ArrayXXd rest = std::numbers::pi - angle;
        kernel = (angle.sin() + rest * angle.cos()) / std::numbers::pi;
        tangent = kernel + rest / std::numbers::pi * tangent;
      }
      const double scale = activation == Activation::relu ? 0.5 : 1.0;
      EXPECT_LT((theory.output_tangent.array() - scale * tangent).abs().maxCoeff(), 1e-13);
    }
  }
}

/// dK^l/dK^1 of a pair, by Richardson's extrapolation of central differences.
std::vector<double> slopes(const Network& network, double c) {
  const auto kernels = [&](double at) {
    std::vector<double> result;
    for (const auto& layer : predict(network, pair_of(at)).layers)
      result.push_back(layer.preactivation(0, 1));
    return result;
  };
  const double h = 1e-3;
  const auto up = kernels(c + h), down = kernels(c - h);
  const auto far_up = kernels(c + 2 * h), far_down = kernels(c - 2 * h);
  std::vector<double> result;
  for (std::size_t l = 0; l < up.size(); ++l) {
    result.push_back((8 * (up[l] - down[l]) - (far_up[l] - far_down[l])) / (12 * h));
  }
  return result;
}

TEST(TangentRecursion, OfTheFieldIsTheTangentKernelOfTheMapOfKernels) {
  for (const auto activation : {Activation::thresholded_relu, Activation::relu, Activation::erf,
                                Activation::tanh, Activation::linear}) {
    auto options = with_both_filters(4);
    options.activation = activation;
    options.bias_variance = 0.1;
    options.weight_variance = 1.7;
    const auto theory = tangent_of_pair(options, 0.4, Trained::field);
    const auto slope = slopes(Network(options), 0.4);
    double tangent = 0.4;
    for (std::size_t l = 1; l < 4; ++l) {
      const double kernel = theory.network.layers[l].preactivation(0, 1);
      tangent = kernel + slope[l] / slope[l - 1] * tangent;
      EXPECT_NEAR(theory.tangents[l](0, 1), tangent, 1e-8) << name_of(activation) << " " << l;
    }
  }
}

// Of the weights it is the same but for the layers' own terms: σ² times the plain Gram, which no
// other neuron shares.
TEST(TangentRecursion, OfTheWeightsHasPlainGramsForLateralOnes) {
  auto options = with_both_filters(3);
  options.weight_variance = 1.3;
  options.bias_variance = 0.1;
  const auto weights = tangent_of_pair(options, 0.4);
  const auto field = tangent_of_pair(options, 0.4, Trained::field);
  const auto& layers = weights.network.layers;
  const Eigen::MatrixXd own =
      (1.3 * weights.network.gram_scale * layers[0].gram).array() + options.bias_variance;
  EXPECT_LT((weights.tangents[1] - weights.shared_tangents[1] - own).norm(), 1e-14);
  EXPECT_LT((field.tangents[1] - field.shared_tangents[1]).norm(), 1e-14);
  // Both hand on E[φ'φ'] times the neuron's own; the field that of neighbours too.
  const Eigen::MatrixXd from_neighbours =
      field.shared_tangents[1] - layers[1].preactivation - weights.shared_tangents[1];
  const auto kernel = ThresholdedReluKernel::from_active_fraction(0.3);
  const double expected = 2 * 1.3 * 0.4 *
                          (4. / 5 * 2. / 3 * kernel.derivative(2. / 3 * 0.4) +
                           3. / 5 * 1. / 3 * kernel.derivative(1. / 3 * 0.4));
  EXPECT_NEAR(from_neighbours(0, 1), expected, 1e-14);
}

TEST(TangentRecursion, WithoutCorrelatedWeightsIsTheSameForBoth) {
  auto options = sparse(3, .2);
  options.weight_variance = 0.9;
  options.bias_variance = 0.3;
  const auto weights = tangent_of_pair(options, .6);
  const auto field = tangent_of_pair(options, .6, Trained::field);
  EXPECT_LT((weights.output_tangent - field.output_tangent).norm(), 1e-13);
  EXPECT_LT((weights.tangents[2] - field.tangents[2]).norm(), 1e-13);
}

TEST(TangentRecursion, OfTrainedReadoutsIsTheCovarianceOfTheOutput) {
  const auto theory = tangent_of_pair(sparse(2, .3), .5);
  EXPECT_NEAR(theory.output_kernel(0, 0), 1, 1e-14);
  EXPECT_DOUBLE_EQ(theory.readout_variance * theory.network.gram_scale, 1);
  EXPECT_EQ(theory.output_kernel, theory.network.layers.back().gram);
  const auto erf = tangent_of_pair({.depth = 2, .activation = Activation::erf}, .5);
  EXPECT_EQ(erf.readout_variance, 1);
}

// L falls like √δ, here by 2e-10 and 2e-9; from cosines, rounded to 1e-16, it would not fall at
// all.
TEST(TangentRecursion, KeepsTheDigitsOfNearInputs) {
  const auto network = Network(sparse(1, .3));
  const auto near = [&](double delta) {
    const model::Deficits deficits((Eigen::MatrixXd(2, 2) << 0, delta, delta, 0).finished());
    const auto theta = predict_tangent(network, deficits).output_tangent;
    return theta(0, 0) - theta(0, 1);
  };
  EXPECT_EQ(near(0), 0);
  EXPECT_NEAR(near(1e-18) / near(1e-16), 0.1, 1e-6);
}

TEST(TangentRecursion, TakesUniformFiltersAsTheirLimits) {
  auto uniform = sparse(3, .3, 5);
  uniform.presynaptic = LateralFilter::uniform(4);
  uniform.postsynaptic = LateralFilter::uniform(7);
  for (const auto trained : {Trained::weights, Trained::field}) {
    EXPECT_LT((tangent_of_pair(uniform, .5, trained).output_tangent -
               tangent_of_pair(sparse(3, .3, 5), .5, trained).output_tangent)
                  .norm(),
              1e-12);
  }
}

TEST(TangentRecursion, OfAStepIsRefused) {
  EXPECT_THROW(tangent_of_pair({.activation = Activation::thresholded_step}, .5),
               model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
