// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/derivative_kernel.hpp>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

#include "kernel_reference.hpp"
#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;

model::Network network_of(Activation activation, double active_fraction = 0.2) {
  return model::Network({.activation = activation, .active_fraction = active_fraction});
}

TEST(DerivativeKernel, HasThePrintedValues) {
  struct Row {
    Activation activation;
    double at_unit_variances;  // c = .5
    double at_unequal_ones;    // 2 and .5, c = −.3
  };
  for (const auto& [activation, equal, unequal] :
       {Row{Activation::erf, 0.4501581581, 0.4100828449},
        Row{Activation::tanh, 0.3847470284, 0.3539544920},
        Row{Activation::relu, 0.3333333333, 0.2015066580}, Row{Activation::linear, 1, 1}}) {
    const auto kernel = make_derivative_kernel(network_of(activation));
    EXPECT_NEAR((*kernel)(1, 1, 0.5), equal, printed(10)) << name_of(activation);
    EXPECT_NEAR((*kernel)(2, 0.5, -0.3), unequal, printed(10)) << name_of(activation);
  }
}

// By Richardson's extrapolation of central differences, whose error is h⁴ times a fifth derivative.
TEST(DerivativeKernel, IsTheSlopeOfTheDualKernel) {
  for (const auto activation : {Activation::thresholded_relu, Activation::relu, Activation::erf,
                                Activation::tanh, Activation::linear}) {
    const auto kernel = make_derivative_kernel(network_of(activation));
    const auto dual = make_dual_kernel(network_of(activation));
    for (const double k : {-0.4, 0.0, 0.3, 0.6}) {
      const double qa = 0.7, qb = 1.3;
      const auto slope = [&](double h) {
        return ((*dual)(qa, qb, k + h) - (*dual)(qa, qb, k - h)) / (2 * h);
      };
      const double h = 1e-3;
      EXPECT_NEAR((*kernel)(qa, qb, k), (4 * slope(h) - slope(2 * h)) / 3, 1e-9)
          << name_of(activation) << " " << k;
    }
  }
}

TEST(DerivativeKernel, OfAPairIsThatAtItsCovariance) {
  for (const auto activation : {Activation::thresholded_relu, Activation::relu, Activation::erf,
                                Activation::tanh, Activation::linear}) {
    const auto kernel = make_derivative_kernel(network_of(activation));
    const double q = 0.8;
    for (const double scaling : {1.0, 0.6, 0.0, -0.4}) {
      Eigen::ArrayXd entries = (Eigen::ArrayXd(5) << 0, 0.1, 0.5, 1.3, 2).finished();
      const Eigen::ArrayXd deficits = entries;
      kernel->pair_map(q, {{2.0, scaling}, {1.0, 1.0}}, 5)(entries);
      for (Eigen::Index i = 0; i < deficits.size(); ++i) {
        const double k = q * (1 - deficits(i));
        const double expected = 2 * (*kernel)(q, q, scaling * k) + (*kernel)(q, q, k);
        EXPECT_NEAR(entries(i), expected, 1e-13) << name_of(activation) << " " << scaling;
        EXPECT_NEAR(kernel->of_pair(q, scaling, deficits(i)), (*kernel)(q, q, scaling * k), 1e-13);
      }
    }
  }
}

TEST(DerivativeKernel, OfNearInputsAgreesWithFiftyDigitQuadrature) {
  for (const auto& row : drop_references()) {
    const auto kernel =
        make_derivative_kernel(network_of(Activation::thresholded_relu, row.active_fraction));
    const auto cosine = ThresholdedReluKernel::from_active_fraction(row.active_fraction);
    EXPECT_NEAR(kernel->of_pair(1, row.scaling, row.delta),
                cosine.derivative(row.scaling) - row.derivative, 1e-14)
        << row.active_fraction << " " << row.scaling << " " << row.delta;
  }
}

// E[(1 − tanh²)²] of one input, by trapezoids.
TEST(DerivativeKernel, OfTanhIsCompleteWhereInputsCoincide) {
  const auto kernel = make_derivative_kernel(network_of(Activation::tanh));
  for (const double q : {0.1, 1.0, 4.0, 25.0}) {
    double expected = 0;
    const double h = 0.01;
    for (int i = -1300; i <= 1300; ++i) {
      const double z = std::tanh(std::sqrt(q) * h * i);
      expected += h * normal_density(h * i) * (1 - z * z) * (1 - z * z);
    }
    EXPECT_NEAR(kernel->of_pair(q, 1, 0), expected, 1e-13 * std::max(1.0, 1 / q)) << q;
  }
}

TEST(DerivativeKernel, OfManyPairsIsThatOfFew) {
  const auto kernel = make_derivative_kernel(network_of(Activation::thresholded_relu));
  const std::vector<LateralTerm> terms = {{1.0, 1.0}, {2.0, 0.6}, {-0.5, -0.4}};
  Eigen::ArrayXd few = Eigen::ArrayXd::LinSpaced(101, 0, 2);
  Eigen::ArrayXd many = few;
  kernel->pair_map(1.0, terms, few.size())(few);
  kernel->pair_map(1.0, terms, 1 << 20)(many);
  EXPECT_LT((many - few).abs().maxCoeff(), 3.5e-12);
  EXPECT_GT((many - few).abs().maxCoeff(), 0);  // the interpolant was asked
}

TEST(DerivativeKernel, OfAStepIsRefused) {
  try {
    make_derivative_kernel(network_of(Activation::thresholded_step));
    FAIL();
  } catch (const model::InputError& error) {
    EXPECT_EQ(std::string(error.what()).find("network.activation = \"thresholded-step\": "), 0u);
  }
}

TEST(DerivativeTerms, AreThoseOfTheDerivativeOfALateralSum) {
  const LateralSum sum(LateralFilter::box(5), LateralFilter::box(3));
  const auto terms = derivative_terms(sum);
  const auto kernel = ThresholdedReluKernel::from_active_fraction(0.3);
  double slope = kernel.derivative(0.4);
  for (const auto& [weight, scaling] : terms) slope += weight * kernel.derivative(scaling * 0.4);
  const double h = 1e-4;
  EXPECT_NEAR(slope, (sum(kernel, 0.4 + h) - sum(kernel, 0.4 - h)) / (2 * h), 1e-8);
  EXPECT_TRUE(derivative_terms(LateralSum(LateralFilter::box(5), {})).empty());
}

}  // namespace
}  // namespace wideproof::theory
