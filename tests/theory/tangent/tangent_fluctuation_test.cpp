// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/tangent_fluctuation.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>

#include "cosines.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;
using model::ThresholdGradient;
using model::ThresholdRule;

TangentFluctuation fluctuation_at(const Network::Options& options, const Eigen::MatrixXd& cosines,
                                  const model::TangentOptions& tangent = {}) {
  const Network network(options);
  return tangent_fluctuation(network, predict_tangent(network, cosines, tangent), tangent);
}

Eigen::MatrixXd cosine_of_pair(double c) {
  return (Eigen::MatrixXd(2, 2) << 1, c, c, 1).finished();
}

// Θ_ab = (1/n) Σ [h_a h_b + c v²] after one layer, and the second layer's own mean over neurons,
// (1/n) Σ h_a h_b + c/n² Σ ω².
TEST(TangentFluctuation, OfOneLinearLayerIsThatOfItsSums) {
  const double c = 0.5;
  const Network::Options one{.depth = 1, .activation = Activation::linear};
  EXPECT_NEAR(fluctuation_at(one, cosine_of_pair(c)).output(0, 1), 1 + c * c + 2 * c * c, 1e-13);
  EXPECT_NEAR(fluctuation_at(one, cosine_of_pair(c)).output(0, 0), 4, 1e-13);
  auto two = one;
  two.depth = 2;
  const auto second = fluctuation_at(two, cosine_of_pair(c));
  EXPECT_NEAR(second.layers[1](0, 1), 1 + c * c, 1e-13);
  EXPECT_NEAR(second.layers[1](0, 0), 2, 1e-13);
  // The probe has Σ_{i≠j} ε_i ε_j ω_i·ω_j c/n² on top, of n·Var 2c².
  EXPECT_NEAR(second.probed[1](0, 1), 1 + c * c + 2 * c * c, 1e-13);
  EXPECT_EQ(second.layers[0], Eigen::MatrixXd::Zero(2, 2));
  EXPECT_EQ(second.probed[0], Eigen::MatrixXd::Zero(2, 2));
}

// Held against sampled networks in docs/theory.md. The mean over neurons is that of a Wishart
// matrix times a number, of n·Var (1 + c²)/2 of the diagonal's.
TEST(TangentFluctuation, OfDeepLinearNetworksHasTheSampledValues) {
  const auto deep =
      fluctuation_at({.depth = 3, .activation = Activation::linear}, cosine_of_pair(.5));
  EXPECT_NEAR(deep.layers[2](0, 0), 10, 1e-12);
  EXPECT_NEAR(deep.layers[2](0, 1), 6.25, 1e-12);
  EXPECT_NEAR(deep.probed[2](0, 0), 20, 1e-12);
  EXPECT_NEAR(deep.probed[2](0, 1), 8.75, 1e-12);
  EXPECT_NEAR(deep.output(0, 0), 56, 1e-12);
  EXPECT_NEAR(deep.output(0, 1), 24.5, 1e-12);
}

// Θ_ab = σ_r² (1/n) Σ [φ_aφ_b + c v² 1_a1_b] at fixed thresholds, moments written out.
TEST(TangentFluctuation, OfOneLayerOfRectifiersIsThatOfItsSums) {
  const double c = 0.5, f = 0.3;
  const TruncatedMoments m(tau_of(f), c);
  const auto theta = fluctuation_at(
      {.depth = 1, .active_fraction = f, .threshold = ThresholdRule::fixed}, cosine_of_pair(c));
  const double mean = m(1, 1) + c * m(0, 0);
  const double square = m(2, 2) + 2 * c * m(1, 1) + 3 * c * c * m(0, 0);
  const double scale = 1 / (m.single(2) * m.single(2));
  EXPECT_NEAR(theta.output(0, 1), scale * (square - mean * mean), 1e-11);
  const double of_one = m.single(4) + 2 * m.single(2) + 3 * f;
  const double mean_of_one = m.single(2) + f;
  EXPECT_NEAR(theta.output(0, 0), scale * (of_one - mean_of_one * mean_of_one), 1e-11);
  // E φ⁴ = E v⁴1 = 3/2, E φ²v²1 = 1/2, mean 1.
  const auto relu = fluctuation_at({.depth = 1, .activation = Activation::relu}, cosine_of_pair(c));
  EXPECT_NEAR(relu.output(0, 0), 3, 1e-13);
}

TEST(TangentFluctuation, AtZeroThresholdIsThatOfReluInItsUnits) {
  const Eigen::MatrixXd cosines = random_cosines(4, 3);
  const auto sparse = fluctuation_at(
      {.depth = 3, .active_fraction = 0.5, .threshold = ThresholdRule::fixed}, cosines);
  const auto relu = fluctuation_at({.depth = 3, .activation = Activation::relu}, cosines);
  EXPECT_LT((sparse.layers[2] - relu.layers[2]).norm(), 1e-10);
  EXPECT_LT((sparse.output - 4 * relu.output).norm(), 1e-10);
}

TEST(TangentFluctuation, OfNearInputsApproachesThatOfOne) {
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
    const Network network({.depth = 3, .active_fraction = 0.3, .threshold = rule});
    const auto of_pair = [&](double delta) {
      const model::Deficits deficits((Eigen::MatrixXd(2, 2) << 0, delta, delta, 0).finished());
      const auto result = tangent_fluctuation(network, predict_tangent(network, deficits));
      return std::abs(result.output(0, 1) / result.output(0, 0) - 1);
    };
    EXPECT_LT(of_pair(0), 1e-10);
    EXPECT_LT(of_pair(1e-12), 1e-4);
    EXPECT_LT(of_pair(1e-9), 1e-3);
    // By the root of the deficit.
    EXPECT_NEAR(of_pair(1e-6) / of_pair(1e-8), 10, 1);
  }
}

// One layer's Θ has no bias: it is linear in sums over neurons, whose kernel is exact. Linear and
// ReLU networks have none on the diagonal at any depth, being homogeneous.
TEST(TangentFluctuation, HasNoBiasWhereTheMeanIsExact) {
  const auto shallow = fluctuation_at(
      {.depth = 2, .active_fraction = 0.3, .threshold = ThresholdRule::fixed}, cosine_of_pair(.5));
  EXPECT_EQ(shallow.biases[1].norm(), 0);
  const auto linear =
      fluctuation_at({.depth = 4, .activation = Activation::linear}, cosine_of_pair(.5));
  EXPECT_LT(linear.output_bias.norm(), 1e-12);
  const auto relu =
      fluctuation_at({.depth = 4, .activation = Activation::relu}, cosine_of_pair(.5));
  EXPECT_NEAR(relu.output_bias(0, 0), 0, 1e-12);
  EXPECT_GT(std::abs(relu.output_bias(0, 1)), 0.1);
}

TEST(TangentFluctuation, BiasOfNearInputsApproachesThatOfOne) {
  const Network network({.depth = 3, .active_fraction = 0.3, .threshold = ThresholdRule::fixed});
  const auto of_pair = [&](double delta) {
    const model::Deficits deficits((Eigen::MatrixXd(2, 2) << 0, delta, delta, 0).finished());
    const auto result = tangent_fluctuation(network, predict_tangent(network, deficits));
    return std::abs(result.output_bias(0, 1) / result.output_bias(0, 0) - 1);
  };
  EXPECT_LT(of_pair(0), 1e-10);
  EXPECT_LT(of_pair(1e-4), 0.1);
  EXPECT_LT(of_pair(1e-4), of_pair(1e-2));
}

struct ByDiagrams {
  double active_fraction, cosine;
  std::int64_t layer;
  double variance, whole, with_kernel, bias;  ///< of ab
  double variance_of_one, whole_of_one, bias_of_one;
};

// By the recursions of V, D, F, A, B and of the means' first order that Guillen, Misof & Gerken
// (arXiv 2508.11522) draw as diagrams, at fixed thresholds. Their expectations were taken by
// quadrature over two inputs and derivatives of φ put into Hermite polynomials; `whole` is A + B +
// B, of a single neuron, which an output is and a probe has the variance of.
TEST(TangentFluctuation, IsThatOfFeynmanDiagrams) {
  const ByDiagrams printed[] = {
      {.3, .5, 2, 6.83055976, 8.78685188, 4.98200642, 0, 22.61328691, 37.58803123, 0},
      {.3, .5, 3, 42.38161917, 51.10807101, 19.62933785, 4.28739919, 293.18984945, 420.32388118,
       5.18725146},
      {.3, .5, 4, 148.84545081, 172.69303876, 54.33141614, 19.65986604, 2272.87929287,
       2895.59863548, 37.66899981},
      {.5, .5, 3, 14.68378858, 17.70071474, 8.41937027, .45763859, 38, 58, 0},
      {.5, .5, 4, 36.70518517, 44.48103664, 16.72003300, 1.48144965, 104, 160, 0},
      {.3, -.3, 3, 2.14431228, 2.45258120, 2.04906545, -.78710931, 293.18984945, 420.32388118,
       5.18725146}};
  for (const auto& row : printed) {
    const auto found = fluctuation_at({.depth = row.layer,
                                       .active_fraction = row.active_fraction,
                                       .threshold = ThresholdRule::fixed},
                                      cosine_of_pair(row.cosine));
    const auto l = static_cast<std::size_t>(row.layer) - 1;
    EXPECT_NEAR(found.layers[l](0, 1), row.variance, 1e-7);
    EXPECT_NEAR(found.probed[l](0, 1), row.whole, 1e-7);
    EXPECT_NEAR(found.with_kernel[l](0, 1), row.with_kernel, 1e-7);
    EXPECT_NEAR(found.biases[l](0, 1), row.bias, 1e-7);
    EXPECT_NEAR(found.layers[l](0, 0), row.variance_of_one, 1e-7);
    EXPECT_NEAR(found.probed[l](0, 0), row.whole_of_one, 1e-7);
    EXPECT_NEAR(found.biases[l](0, 0), row.bias_of_one, 1e-7);
    // The next layer's single neuron is an output, of one layer less.
    const auto output = fluctuation_at({.depth = row.layer - 1,
                                        .active_fraction = row.active_fraction,
                                        .threshold = ThresholdRule::fixed},
                                       cosine_of_pair(row.cosine));
    EXPECT_NEAR(output.output(0, 1), row.whole, 1e-7);
    EXPECT_NEAR(output.output_bias(0, 1), row.bias, 1e-7);
  }
}

TEST(TangentFluctuation, SaysWhereItIsNotDerived) {
  const auto why = [](const Network::Options& options, const model::TangentOptions& tangent = {}) {
    const auto result = fluctuation_at(options, cosine_of_pair(.5), tangent);
    EXPECT_EQ(result.layers.empty(), !result.not_derived.empty());
    return result.not_derived;
  };
  EXPECT_EQ(why({}), "");
  EXPECT_THAT(why({.activation = Activation::tanh}), testing::HasSubstr("tanh"));
  EXPECT_THAT(why({.presynaptic = LateralFilter::box(5)}),
              testing::HasSubstr("correlated weights"));
  EXPECT_THAT(why({.postsynaptic = LateralFilter::box(5)}),
              testing::HasSubstr("correlated weights"));
  const model::TangentOptions through{.threshold_gradient = ThresholdGradient::through};
  EXPECT_THAT(why({.threshold = ThresholdRule::quantile}, through),
              testing::HasSubstr("hand on gradients"));
  EXPECT_EQ(why({.threshold = ThresholdRule::fixed}, through), "");
  const auto quantile = fluctuation_at({.threshold = ThresholdRule::quantile}, cosine_of_pair(.5));
  EXPECT_THAT(quantile.bias_not_derived, testing::HasSubstr("a layer's own"));
  EXPECT_TRUE(quantile.biases.empty());
}

}  // namespace
}  // namespace wideproof::theory
