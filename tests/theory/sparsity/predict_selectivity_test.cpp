// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/predict_selectivity.hpp>

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>
#include <wideproof/theory/sparsity/predict_sparsity.hpp>
#include <wideproof/theory/sparsity/random_selectivity.hpp>

namespace wideproof::theory {
namespace {

/// A dozen comparisons at 5 standard errors: a false alarm in 7e-6 of runs, were the seed another.
constexpr double errors_apart = 5;

LimitResponse thresholded(double fraction) {
  return {.activation = model::Activation::thresholded_relu, .tau = tau_of(fraction)};
}

/// `count` labels of each of `classes`, and the kernel of inputs of correlation `within` and
/// `between` them.
std::vector<std::int64_t> labels_of(std::int64_t classes, std::int64_t count) {
  std::vector<std::int64_t> labels;
  for (std::int64_t a = 0; a < classes * count; ++a) labels.push_back(a % classes);
  return labels;
}

Eigen::MatrixXd kernel_of(const std::vector<std::int64_t>& labels, double within, double between) {
  const auto inputs = std::ssize(labels);
  Eigen::MatrixXd kernel = Eigen::MatrixXd::Constant(inputs, inputs, between);
  for (Eigen::Index a = 0; a < inputs; ++a)
    for (Eigen::Index b = 0; b < inputs; ++b)
      if (labels[static_cast<std::size_t>(a)] == labels[static_cast<std::size_t>(b)])
        kernel(a, b) = a == b ? 1 : within;
  return kernel;
}

SampledSelectivity sampled(double fraction, const std::vector<std::int64_t>& labels, double within,
                           double between, std::int64_t neurons) {
  return sampled_selectivity(thresholded(fraction), kernel_of(labels, within, between),
                             InputClasses(labels, std::ssize(labels)), {.neurons = neurons});
}

/// Of two inputs of two classes: the mean of |x − y|/(x + y), 1 where one of them is active, on a
/// grid of normals, given that one is.
double of_two_inputs(double fraction, double c) {
  const double tau = tau_of(fraction), own = std::sqrt(1 - c * c);
  constexpr double step = .005, end = 6;
  double sum = 0, heard = 0;
  for (double u = step / 2 - end; u < end; u += step)
    for (double v = step / 2 - end; v < end; v += step) {
      const double x = std::max(0., u - tau), y = std::max(0., c * u + own * v - tau);
      if (x + y == 0) continue;
      const double weight = std::exp(-(u * u + v * v) / 2);
      heard += weight;
      sum += weight * std::abs(x - y) / (x + y);
    }
  return sum / heard;
}

/// By the angle of two independent normals, the grid of ReLUs has (2 + (2/π) ln 2)/3.
TEST(SampledSelectivity, OfTwoInputsIsAnIntegralOverTwoNormals) {
  EXPECT_NEAR(of_two_inputs(.5, 0), (2 + 2 / std::numbers::pi * std::log(2)) / 3, 1e-4);
  for (const double fraction : {.5, .1}) {
    for (const double c : {0., .6}) {
      const auto found = sampled(fraction, {0, 1}, c, c, 200'000);
      const double error = found.ccmas.standard_error;
      EXPECT_NEAR(found.ccmas.value, of_two_inputs(fraction, c), errors_apart * error + 1e-4);
      EXPECT_EQ(found.class_selectivity.value, found.ccmas.value);
      EXPECT_EQ(found.null_ccmas.value, found.ccmas.value);
      // The twin: another correlation.
      EXPECT_GT(std::abs(found.ccmas.value - of_two_inputs(fraction, c + .2)),
                errors_apart * error + 1e-4);
    }
  }
}

/// Of ReLUs, which are hardly ever silent, what is off at P_k inputs a class falls as 1/P_k; what
/// is left of twice 40 less 20 is of order 1/P_k², less than a tenth of that. Of few active neurons
/// the nearly silent ones, which P inputs do not show, have no such series.
TEST(SampledSelectivity, TendsToThatOfClassesOfManyInputs) {
  const auto of = [](std::int64_t count) {
    return sampled(.5, labels_of(3, count), .5, .2, 60'000).ccmas;
  };
  const auto few = of(20), many = of(40);
  const double limit = random_selectivity(tau_of(.5), .5, .2, 3);
  const double error = errors_apart * std::hypot(2 * many.standard_error, few.standard_error) +
                       .1 * std::abs(few.value - many.value);
  EXPECT_NEAR(2 * many.value - few.value, limit, error);
  EXPECT_GT(std::abs(2 * many.value - few.value - random_selectivity(tau_of(.5), .5, .25, 3)),
            error);
}

TEST(SampledSelectivity, HasTheNullOfLabelsThatSayNothing) {
  const auto found = sampled(.5, labels_of(3, 40), 0, 0, 60'000);
  const double expected = selectivity_null(tau_of(.5), 3, 40).mean();
  // The series' own error: under a hundredth from P_k = 40 on.
  EXPECT_NEAR(found.null_ccmas.value, expected,
              .01 * expected + errors_apart * found.null_ccmas.standard_error);
  EXPECT_NEAR(found.ccmas.value, found.null_ccmas.value,
              errors_apart * std::sqrt(2.) * found.ccmas.standard_error);
}

/// Classes of 1 and of 5: over inputs and over classes are then different means.
TEST(SampledSelectivity, TellsTheTwoIndicesApart) {
  const auto found = sampled(.3, {0, 1, 1, 1, 2, 2}, .5, .2, 50'000);
  EXPECT_GT(std::abs(found.ccmas.value - found.class_selectivity.value),
            errors_apart * found.ccmas.standard_error);
}

TEST(PredictSelectivity, AddsWhatIsPredictedOfEveryLayer) {
  const auto inputs = model::circle_inputs(4);
  const model::Network network({.depth = 2, .active_fraction = .3});
  const auto prediction = predict(network, inputs.deficits());
  const std::vector<std::int64_t> labels = {0, 0, 1, 1};
  auto sparsity = predict_sparsity(network, prediction, labels);
  predict_selectivity(network, prediction, labels, sparsity);
  for (const auto& layer : sparsity.layers) {
    ASSERT_TRUE(layer.ccmas && layer.class_selectivity && layer.null_ccmas &&
                layer.null_class_selectivity);
    EXPECT_GT(layer.ccmas->value,
              layer.null_ccmas->value + errors_apart * layer.null_ccmas->standard_error);
    EXPECT_EQ(layer.null_eta_squared, 1. / 3);
  }
  const model::Network both_signs({.depth = 1, .activation = model::Activation::linear});
  const auto linear = predict(both_signs, inputs.deficits());
  sparsity = predict_sparsity(both_signs, linear, labels);
  predict_selectivity(both_signs, linear, labels, sparsity);
  EXPECT_FALSE(sparsity.layers.front().ccmas);
  EXPECT_EQ(sparsity.layers.front().null_eta_squared, 1. / 3);
  EXPECT_THROW(predict_selectivity(network, prediction, {1, 1, 1, 1}, sparsity), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
