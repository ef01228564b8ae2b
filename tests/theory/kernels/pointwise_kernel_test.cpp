// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/pointwise_kernel.hpp>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <Eigen/Core>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using model::Function;
using model::PointwiseOptions;
using testing::AllOf;
using testing::HasSubstr;

model::Network pointwise_network(const PointwiseOptions& function, bool is_thresholded = false) {
  model::Network::Options options{
      .activation = is_thresholded ? Activation::thresholded_pointwise : Activation::pointwise,
      .active_fraction = 0.2};
  options.function = function;
  return model::Network(options);
}

const PointwiseOptions rectifier{.function = Function::rectified_power, .order = 1};

TEST(PointwiseKernel, OfTheRectifierIsItsOwnKernel) {
  const auto own = make_dual_kernel(model::Network({.activation = Activation::relu}));
  const auto thresholded = make_dual_kernel(
      model::Network({.activation = Activation::thresholded_relu, .active_fraction = 0.2}));
  const auto kernel = make_dual_kernel(pointwise_network(rectifier));
  const auto sparse = make_dual_kernel(pointwise_network(rectifier, true));
  for (const double c : {-0.7, 0.2, 0.95}) {
    EXPECT_NEAR((*kernel)(2, 0.5, c), (*own)(2, 0.5, c), 1e-15);
    EXPECT_NEAR((*sparse)(2, 0.5, c), (*thresholded)(2, 0.5, c), 1e-15);
  }
  EXPECT_NEAR(sparse->active_fraction_at(3), 0.2, 1e-15);
}

TEST(PointwiseKernel, OfAnExpressionIsThatOfTheFunctionOfThatName) {
  const auto named = make_dual_kernel(pointwise_network({.function = Function::hard_tanh}));
  const auto own = make_dual_kernel(pointwise_network(
      {.function = Function::expression, .expression = "x > 1 ? 1 : (x < -1 ? -1 : x)"}));
  for (const double c : {-0.7, 0.2, 0.95}) {
    EXPECT_NEAR((*own)(1, 1, c), (*named)(1, 1, c), 1e-14);
    EXPECT_NEAR(own->drop(1, 1, 1 - c), named->drop(1, 1, 1 - c), 1e-14);
  }
}

/// Covariances of `count` inputs of variance q.
Eigen::MatrixXd equal_covariances(Eigen::Index count, double q) {
  Eigen::MatrixXd x = Eigen::MatrixXd::Random(7, count);
  x.colwise().normalize();
  Eigen::MatrixXd k = q * x.transpose() * x;
  k.diagonal().setConstant(q);
  return k;
}

TEST(PointwiseKernel, MatricesAreTheirEntries) {
  const auto sum = LateralSum(model::LateralFilter::box(3), model::LateralFilter::box(3));
  for (const auto& options :
       {PointwiseOptions{.function = Function::gelu}, PointwiseOptions{.function = Function::silu},
        PointwiseOptions{.function = Function::sign}}) {
    const auto kernel = make_dual_kernel(pointwise_network(options));
    Eigen::MatrixXd k = equal_covariances(60, 1.4);
    for (const bool has_one_variance : {true, false}) {
      if (!has_one_variance) k = equal_covariances(9, 1.4), k(0, 0) = 2;
      const Eigen::MatrixXd gram = kernel->gram(k);
      const Eigen::MatrixXd lateral = kernel->lateral_gram(k, sum);
      for (Eigen::Index a = 0; a < k.rows(); a += 4) {
        for (Eigen::Index b = 0; b < k.rows(); b += 4) {
          double other = 0;
          for (const auto& [weight, scaling] : sum.others()) {
            other += weight * (*kernel)(k(a, a), k(b, b), scaling * k(a, b));
          }
          EXPECT_NEAR(gram(a, b), (*kernel)(k(a, a), k(b, b), k(a, b)), 5e-14);
          EXPECT_NEAR(lateral(a, b), other, 2e-13);
        }
      }
    }
  }
}

TEST(PointwiseKernel, MapsOfFewAndOfManyEntriesAgree) {
  const std::vector<LateralTerm> terms = {{1, 1}, {0.7, 0.4}, {0.2, -0.3}, {0.5, 0}};
  for (const auto& options : {PointwiseOptions{.function = Function::mish},
                              PointwiseOptions{.function = Function::gelu}}) {
    const auto dual = make_dual_kernel(pointwise_network(options));
    const auto slope = make_derivative_kernel(pointwise_network(options));
    Eigen::ArrayXd few(4), many(4);
    few << 1.9, 0.3, 1e-3, 1e-11;
    many = few;
    dual->drop_map(1.3, terms, 1)(few);
    dual->drop_map(1.3, terms, 5000)(many);
    for (int i = 0; i < 4; ++i) EXPECT_NEAR(many(i), few(i), 1e-12 * few(i));
    few << 1.9, 0.3, 1e-3, 1e-11;
    many = few;
    slope->pair_map(1.3, terms, 1)(few);
    slope->pair_map(1.3, terms, 5000)(many);
    for (int i = 0; i < 4; ++i) EXPECT_NEAR(many(i), few(i), 5e-14);
    few << -1.2, 0.3, 0.9, 1.3;
    many = few;
    dual->entry_map(1.3, terms, 1)(few);
    dual->entry_map(1.3, terms, 5000)(many);
    for (int i = 0; i < 4; ++i) EXPECT_NEAR(many(i), few(i), 5e-14);
  }
}

TEST(PointwiseKernel, DerivativeIsThatOfTheKernelByTheCovariance) {
  for (const auto& options : {PointwiseOptions{.function = Function::softplus},
                              PointwiseOptions{.function = Function::elu}}) {
    for (const bool is_thresholded : {false, true}) {
      const auto network = pointwise_network(options, is_thresholded);
      const auto dual = make_dual_kernel(network);
      const auto slope = make_derivative_kernel(network);
      constexpr double h = 1e-3;
      for (const double k : {-0.5, 0.1, 0.8}) {
        const auto difference = [&](double step) {
          return ((*dual)(1.5, 0.9, k + step) - (*dual)(1.5, 0.9, k - step)) / (2 * step);
        };
        // Richardson: h⁴ is left, and the rounding over h.
        EXPECT_NEAR((*slope)(1.5, 0.9, k), (4 * difference(h) - difference(2 * h)) / 3, 1e-9);
      }
    }
  }
}

TEST(PointwiseKernel, RefusesTangentsOfJumps) {
  const auto refusal = [](const PointwiseOptions& options, bool is_thresholded) -> std::string {
    try {
      make_derivative_kernel(pointwise_network(options, is_thresholded));
    } catch (const model::InputError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(refusal({.function = Function::sign}, false),
              AllOf(HasSubstr("network.activation = \"sign\""), HasSubstr("jumps at x = 0")));
  EXPECT_THAT(refusal({.function = Function::rectified_power, .order = 0}, true),
              HasSubstr("\"thresholded-rectified-power\""));
  EXPECT_THAT(
      refusal({.function = Function::expression, .expression = "x > 0.5 ? exp(-x) : 0"}, false),
      AllOf(HasSubstr("network.expression = \"x > 0.5"), HasSubstr("jumps at x = 0.5")));
}

TEST(PointwiseKernel, RefusesMeansThatNoDoubleHolds) {
  const auto kernel = make_dual_kernel(pointwise_network({.function = Function::exp, .rate = 30}));
  EXPECT_THROW((*kernel)(1, 1, 0.3), model::InputError);
  EXPECT_THROW(predict(pointwise_network({.function = Function::exp, .rate = 30}),
                       Eigen::MatrixXd(Eigen::MatrixXd::Identity(2, 2))),
               model::InputError);
}

TEST(PointwiseKernel, SaysWhatItsQuadratureMisses) {
  const auto error = [](const PointwiseOptions& options) {
    return quadrature_error(options, model::make_nonlinearity(options), std::nullopt, 1.0);
  };
  EXPECT_EQ(error({.function = Function::gelu}), std::nullopt);
  ASSERT_TRUE(error({.function = Function::silu}));
  EXPECT_LE(*error({.function = Function::silu}), 5e-15);
  // e^x − 1 of small numbers is noise.
  const PointwiseOptions noisy{.function = Function::expression, .expression = "exp(x) - 1"};
  EXPECT_GE(*quadrature_error(noisy, model::make_nonlinearity(noisy), std::nullopt, 1e-16), 1e-12);
}

TEST(PointwiseKernel, TakesNetworksThroughTheirLayers) {
  model::Network::Options options{.depth = 3, .activation = Activation::pointwise};
  const Eigen::MatrixXd cosines = equal_covariances(40, 1);
  options.function = rectifier;
  const auto own = predict_tangent(model::Network(options), cosines, {});
  options.activation = Activation::relu;
  const auto exact = predict_tangent(model::Network(options), cosines, {});
  const double scale = own.network.weight_variance / exact.network.weight_variance;
  EXPECT_NEAR(scale, 1, 1e-14);
  EXPECT_TRUE(own.output_kernel.isApprox(exact.output_kernel, 1e-13));
  EXPECT_TRUE(own.output_tangent.isApprox(exact.output_tangent, 1e-13));
}

}  // namespace
}  // namespace wideproof::theory
