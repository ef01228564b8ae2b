// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/lifetime_sparseness.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

constexpr double lifetime_fractions[] = {.5, .3, .1};

Eigen::MatrixXd equicorrelated_gram(double tau, double c, Eigen::Index inputs) {
  const ThresholdedReluKernel kernel(tau);
  Eigen::MatrixXd gram = Eigen::MatrixXd::Constant(inputs, inputs, kernel(c));
  gram.diagonal().setConstant(kernel.at_one());
  return gram;
}

TEST(LifetimeSparseness, HasThePrintedPooledValues) {
  const double pooled[] = {.3910022190, .5139602252, .6893740256};
  for (int i = 0; i < 3; ++i) {
    const double tau = tau_of(lifetime_fractions[i]);
    const double limit = equicorrelated_lifetime_sparseness(tau, .5);
    EXPECT_NEAR(limit, pooled[i], printed(10));
    for (const Eigen::Index inputs : {2, 7, 50}) {
      const double finite = pooled_lifetime_sparseness(equicorrelated_gram(tau, .5, inputs));
      EXPECT_NEAR(finite / (1 - 1.0 / static_cast<double>(inputs)), limit, 1e-13);
    }
  }
}

/// Printed means of sampled neurons, at 4 standard errors.
TEST(LifetimeSparseness, IsThatOfPrintedSamples) {
  const double means[] = {.3927, .5123, .6931};
  const double errors[] = {7e-4, 11e-4, 28e-4};
  for (int i = 0; i < 3; ++i) {
    const double tau = tau_of(lifetime_fractions[i]);
    EXPECT_NEAR(equicorrelated_lifetime_sparseness(tau, .5), means[i], 4 * errors[i]);
    EXPECT_GT(std::abs(equicorrelated_lifetime_sparseness(tau, .55) - means[i]), 4 * errors[i]);
  }
}

TEST(LifetimeSparseness, PooledIsThatOfAnyNeurons) {
  Eigen::MatrixXd z(4, 3);  // neurons × inputs
  z << 0, 1, 2, .5, 0, 0, 0, 0, 0, 3, 3, 1;
  double of_sums = 0;
  double of_squares = 0;
  for (Eigen::Index i = 0; i < z.rows(); ++i) {
    of_sums += std::pow(z.row(i).mean(), 2);
    of_squares += z.row(i).squaredNorm() / 3;
  }
  const Eigen::MatrixXd gram = z.transpose() * z;
  EXPECT_NEAR(pooled_lifetime_sparseness(gram), 1 - of_sums / of_squares, 1e-15);
  EXPECT_NEAR(lifetime_activity(3).of(gram), of_sums / of_squares, 1e-15);
}

TEST(LifetimeSparseness, HasThePrintedMeansOverNeurons) {
  const double half[] = {.65476911, .80448265, .93906838};
  const double near[] = {.59402589, .76819060, .92764435};
  for (int i = 0; i < 3; ++i) {
    const double tau = tau_of(lifetime_fractions[i]);
    EXPECT_NEAR(mean_lifetime_sparseness(tau, .5), half[i], printed(8));
    EXPECT_NEAR(mean_lifetime_sparseness(tau, .9), near[i], printed(8));
    // Not pooled, it is another number.
    EXPECT_GT(half[i] - equicorrelated_lifetime_sparseness(tau, .5), .2);
  }
}

TEST(LifetimeSparseness, OfUncorrelatedInputsIsOneNumber) {
  for (const double f : lifetime_fractions) {
    const double tau = tau_of(f);
    const ThresholdedReluKernel kernel(tau);
    const double plain = 1 - kernel.at_zero() / kernel.at_one();
    EXPECT_NEAR(equicorrelated_lifetime_sparseness(tau, 0), plain, 1e-13);
    EXPECT_NEAR(mean_lifetime_sparseness(tau, 0), plain, 1e-13);
    EXPECT_NEAR(mean_lifetime_sparseness(tau, 1e-12), plain, 1e-9);
    EXPECT_EQ(mean_lifetime_sparseness(tau, 1), 0);
  }
}

TEST(SilentFraction, OfRectifiersAtOneHalfIsTheRankOfACommonValue) {
  for (const std::int64_t inputs : {1, 2, 10, 1000, 1'000'000, 1'000'000'000}) {
    EXPECT_NEAR(silent_fraction(0, .5, inputs) * static_cast<double>(inputs + 1), 1, 1e-11);
  }
}

TEST(SilentFraction, AgreesWithPrintedAndWithClosedForms) {
  EXPECT_NEAR(silent_fraction(tau_of(.1), .9, 2000), .57, .015) << "57% of sampled neurons";
  EXPECT_NEAR(silent_fraction(tau_of(.1), .9, 1), .9, 1e-12);
  EXPECT_NEAR(silent_fraction(tau_of(.3), 0, 5), std::pow(.7, 5), 1e-14);
  EXPECT_NEAR(silent_fraction(tau_of(.3), 1, 5), .7, 1e-14);
  // Of two inputs: those that are active for one or both are 2f − L.
  const ThresholdedReluKernel kernel(tau_of(.3));
  EXPECT_NEAR(silent_fraction(tau_of(.3), .6, 2), 1 - .6 + kernel.derivative(.6), 1e-12);
}

TEST(LifetimeSparseness, RefusesWhatIsNoCorrelation) {
  EXPECT_THROW(equicorrelated_lifetime_sparseness(0, 1.1), model::InputError);
  EXPECT_THROW(mean_lifetime_sparseness(0, -.1), model::InputError);
  EXPECT_THROW(silent_fraction(0, .5, 0), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
