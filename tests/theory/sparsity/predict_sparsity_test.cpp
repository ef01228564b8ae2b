// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/predict_sparsity.hpp>

#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>
#include <wideproof/theory/sparsity/activity_law.hpp>
#include <wideproof/theory/sparsity/class_separation.hpp>
#include <wideproof/theory/sparsity/lifetime_sparseness.hpp>

#include "cosines.hpp"
#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::LayerSparsity;
using model::Network;
using model::ThresholdRule;
using model::WideNumber;

const std::vector<std::int64_t> two_classes = {0, 0, 1, 1};

Eigen::MatrixXd cosines_of_angles() {
  const double angles[] = {0, .6, 1.5, 2.6};
  Eigen::MatrixXd cosines(4, 4);
  for (Eigen::Index a = 0; a < 4; ++a) {
    for (Eigen::Index b = 0; b < 4; ++b) cosines(a, b) = std::cos(angles[a] - angles[b]);
  }
  return cosines;
}

model::SparsityPrediction sparsity_of(const Network& network, const Eigen::MatrixXd& cosines,
                                      const std::vector<std::int64_t>& labels = {},
                                      const SparsityOptions& options = {}) {
  auto prediction = predict(network, cosines);
  prediction.fluctuation = predict_fluctuation(network, prediction);
  return predict_sparsity(network, prediction, labels, options);
}

/// Of networks of n = 1000 on four inputs of a circle, sampled with NumPy: mean over networks and n
/// times the variance of Hoyer's number (averaged over inputs), of that of one input (variance
/// alone), of Treves and Rolls' activity, lifetime sparseness and η².
struct SampledLayer {
  double active_fraction;
  ThresholdRule rule;
  int layer;
  double mean[5], error_of_mean[5], variance[5], error_of_variance[5];
};

constexpr SampledLayer sampled_layers[] = {{.3,
                                            ThresholdRule::fixed,
                                            1,
                                            {0.574134, 0.574121, 0.181520, 0.489798, 0.609957},
                                            {4.8e-05, 8.1e-05, 4.1e-05, 6.3e-05, 0.00014},
                                            {0.05510, 0.15608, 0.03994, 0.09384, 0.48394},
                                            {0.0005, 0.0014, 0.00036, 0.00086, 0.0044}},
                                           {.3,
                                            ThresholdRule::fixed,
                                            2,
                                            {0.574687, 0.574774, 0.181100, 0.448458, 0.548100},
                                            {5.9e-05, 9.3e-05, 5.1e-05, 0.00011, 0.0002},
                                            {0.08480, 0.20924, 0.06126, 0.31564, 0.97159},
                                            {0.00077, 0.0019, 0.00056, 0.0029, 0.0089}},
                                           {.3,
                                            ThresholdRule::quantile,
                                            1,
                                            {0.574219, 0.574179, 0.181343, 0.490000, 0.609701},
                                            {2.6e-05, 4.7e-05, 2.2e-05, 5.8e-05, 0.00014},
                                            {0.01587, 0.05389, 0.01148, 0.08099, 0.49760},
                                            {0.00014, 0.00049, 0.0001, 0.00074, 0.0045}},
                                           {.3,
                                            ThresholdRule::quantile,
                                            2,
                                            {0.574189, 0.574156, 0.181369, 0.447845, 0.547479},
                                            {2.5e-05, 4.7e-05, 2.1e-05, 0.0001, 0.00019},
                                            {0.01518, 0.05326, 0.01099, 0.24455, 0.88577},
                                            {0.00014, 0.00049, 0.0001, 0.0022, 0.0081}},
                                           {.1,
                                            ThresholdRule::std,
                                            1,
                                            {0.760358, 0.760414, 0.057580, 0.568775, 0.538455},
                                            {4.4e-05, 8e-05, 2.1e-05, 0.0001, 0.00025},
                                            {0.04697, 0.15246, 0.01075, 0.24077, 1.50031},
                                            {0.00043, 0.0014, 9.8e-05, 0.0022, 0.014}},
                                           {.1,
                                            ThresholdRule::std,
                                            2,
                                            {0.760448, 0.760426, 0.057539, 0.613818, 0.448428},
                                            {4.5e-05, 8e-05, 2.1e-05, 0.00014, 0.00027},
                                            {0.04849, 0.15526, 0.01109, 0.45992, 1.77988},
                                            {0.00044, 0.0014, 0.0001, 0.0042, 0.016}}};

LayerSparsity predicted_layer(const SampledLayer& sampled) {
  const Network network(
      {.depth = 2, .active_fraction = sampled.active_fraction, .threshold = sampled.rule});
  const auto sparsity = sparsity_of(network, cosines_of_angles(), two_classes);
  EXPECT_EQ(sparsity.not_derived, "");
  return sparsity.layers[static_cast<std::size_t>(sampled.layer - 1)];
}

constexpr double sampled_width = 1000;

void expect_sampled(const WideNumber& number, const SampledLayer& sampled, int i) {
  const double next_order = 0.01;  // κ/n is .009 to .028 here
  EXPECT_NEAR(*number.variance, sampled.variance[i],
              4 * sampled.error_of_variance[i] + next_order * sampled.variance[i])
      << sampled.active_fraction << " layer " << sampled.layer << " number " << i;
  const double mean = number.value + *number.bias / sampled_width;
  EXPECT_NEAR(mean, sampled.mean[i],
              4 * sampled.error_of_mean[i] + next_order * std::abs(*number.bias) / sampled_width)
      << sampled.active_fraction << " layer " << sampled.layer << " number " << i;
}

// 6 layers, 4 means and 5 variances each, at 4 standard errors: one of 290 such tests fails by
// chance.
TEST(PredictSparsity, IsThatOfSampledNetworks) {
  for (const auto& sampled : sampled_layers) {
    const LayerSparsity layer = predicted_layer(sampled);
    expect_sampled(layer.hoyer, sampled, 0);
    EXPECT_NEAR(*layer.hoyer_variance_of_one, sampled.variance[1],
                4 * sampled.error_of_variance[1] + .01 * sampled.variance[1]);
    expect_sampled(layer.treves_rolls, sampled, 2);
    expect_sampled(*layer.lifetime, sampled, 3);
    expect_sampled(*layer.eta_squared, sampled, 4);
  }
}

TEST(PredictSparsity, IsToldFromWhatOneLayerOrOneInputDoes) {
  for (const auto& sampled : sampled_layers) {
    const LayerSparsity layer = predicted_layer(sampled);
    // Inputs share neurons: their average is neither that of one nor of independent inputs.
    const double of_one = *layer.hoyer_variance_of_one;
    EXPECT_GT(std::abs(of_one - sampled.variance[0]), 10 * sampled.error_of_variance[0]);
    EXPECT_GT(std::abs(of_one / 4 - sampled.variance[0]), 10 * sampled.error_of_variance[0]);
    if (sampled.rule == ThresholdRule::fixed && sampled.layer == 2) {
      const ActivityLaw given(Network({.active_fraction = .3, .threshold = ThresholdRule::fixed}));
      EXPECT_GT(std::abs(*given.variance() - sampled.variance[1]),
                10 * sampled.error_of_variance[1])
          << "the kernel's fluctuations cannot be seen";
    }
  }
}

TEST(PredictSparsity, OfRulesThatScaleIsTheSameAtEveryLayer) {
  const auto sparsity = sparsity_of(
      Network({.depth = 3, .active_fraction = .2, .weight_variance = 3, .bias_variance = .2}),
      Eigen::MatrixXd::Ones(1, 1));
  const ActivityLaw law{Network({.active_fraction = .2})};
  for (const auto& layer : sparsity.layers) {
    EXPECT_EQ(layer.hoyer.value, law.hoyer());
    EXPECT_NEAR(*layer.hoyer.variance, *law.variance(), 1e-15);
    EXPECT_NEAR(*layer.hoyer.bias, -*law.bias(), 1e-15);
    EXPECT_NEAR(layer.active_fraction, .2, 1e-15);
    EXPECT_NEAR(layer.lifetime->value, 0, 1e-15);
  }
}

TEST(PredictSparsity, FluctuationsOfTheKernelComeWithPresynapticCorrelationToo) {
  const auto at = [](const LateralFilter& senders) {
    return *sparsity_of(Network({.depth = 2,
                                 .active_fraction = .1,
                                 .threshold = ThresholdRule::fixed,
                                 .presynaptic = senders}),
                        Eigen::MatrixXd::Ones(1, 1))
                .layers[1]
                .hoyer.variance;
  };
  const ActivityLaw law(Network({.active_fraction = .1, .threshold = ThresholdRule::fixed}));
  // Relative variances of the norm of 38.59 and 51.3 a layer (theory of fluctuations, printed).
  const double slope = *law.slope();
  EXPECT_NEAR(at({}), *law.variance() + slope * slope * 38.586922, slope * slope * 1e-6);
  EXPECT_NEAR(at(LateralFilter::box(13)), *law.variance() + slope * slope * 51.3,
              slope * slope * .05);
}

TEST(PredictSparsity, OfManyInputsHasItsLimitsAndAverages) {
  const Network network({.depth = 2, .active_fraction = .3});
  const auto cosines = random_cosines(40, 6);
  std::vector<std::int64_t> labels(40, 0);
  for (std::size_t a = 0; a < 15; ++a) labels[a] = 3;
  const auto sparsity = sparsity_of(network, cosines, labels);
  const auto prediction = predict(network, cosines);
  EXPECT_THAT(sparsity.not_derived, testing::HasSubstr("up to 8 inputs"));
  for (std::size_t l = 0; l < 2; ++l) {
    const auto& layer = sparsity.layers[l];
    EXPECT_FALSE(layer.lifetime->variance);
    EXPECT_FALSE(layer.eta_squared->variance);
    EXPECT_EQ(layer.lifetime->value, pooled_lifetime_sparseness(prediction.layers[l].gram));
    EXPECT_EQ(layer.eta_squared->value,
              *pooled_eta_squared(prediction.layers[l].gram, InputClasses(labels, 40)));
    EXPECT_LT(*layer.hoyer.variance, *layer.hoyer_variance_of_one);
    EXPECT_GT(*layer.hoyer.variance, *layer.hoyer_variance_of_one / 40);
  }
  const auto without = sparsity_of(network, cosines, labels, {.most_pairs = 100});
  EXPECT_FALSE(without.layers[0].hoyer.variance);
  EXPECT_EQ(without.layers[0].hoyer_variance_of_one, sparsity.layers[0].hoyer_variance_of_one);
}

TEST(PredictSparsity, OfSignedActivationsIsThatOfTheirSize) {
  const auto sparsity =
      sparsity_of(Network({.depth = 2, .activation = Activation::tanh, .weight_variance = 2}),
                  cosines_of_angles(), two_classes);
  for (const auto& layer : sparsity.layers) {
    EXPECT_FALSE(layer.lifetime) << "no Gram of |z|";
    EXPECT_GT(layer.eta_squared->value, 0);
    EXPECT_FALSE(layer.hoyer.variance);
  }
  EXPECT_TRUE(sparsity.layers[0].hoyer_variance_of_one);
  EXPECT_TRUE(sparsity.layers[0].hoyer.bias);
  EXPECT_FALSE(sparsity.layers[1].hoyer_variance_of_one) << "its kernel's fluctuations are unknown";
  EXPECT_FALSE(sparsity.layers[1].hoyer.bias);
  EXPECT_THAT(sparsity.not_derived, testing::HasSubstr("derived only for"));
}

TEST(PredictSparsity, RefusesLabelsOfOtherInputs) {
  EXPECT_THROW(sparsity_of(Network({}), cosines_of_angles(), {0, 1}), model::InputError);
  EXPECT_THROW(sparsity_of(Network({}), cosines_of_angles(), {5, 5, 5, 5}), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
