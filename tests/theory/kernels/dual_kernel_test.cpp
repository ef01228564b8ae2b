// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/dual_kernel.hpp>

#include <cmath>
#include <functional>
#include <memory>
#include <numbers>
#include <random>

#include <gtest/gtest.h>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/rectifier_dual_kernel.hpp>
#include <wideproof/theory/kernels/tanh_kernel.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;

std::unique_ptr<DualKernel> kernel_of(Activation activation, double active_fraction = 0.2) {
  return make_dual_kernel(
      model::Network({.activation = activation, .active_fraction = active_fraction}));
}

/// E[φ(u)φ(v)] of smooth φ by trapezoidal sums in both independent directions, u = √q_a x and
/// v = √q_b (c x + √(1−c²) y). At this step the error is below 1e-13 for poles at a distance of
/// π/(2√q) ≥ 0.7.
double by_trapezoids(const std::function<double(double)>& phi, double qa, double qb, double k) {
  const double c = k / std::sqrt(qa * qb);
  const double h = 0.125;
  double sum = 0;
  for (int i = -80; i <= 80; ++i) {
    for (int j = -80; j <= 80; ++j) {
      const double x = h * i, y = h * j;
      sum += normal_density(x) * normal_density(y) * phi(std::sqrt(qa) * x) *
             phi(std::sqrt(qb) * (c * x + std::sqrt(1 - c * c) * y));
    }
  }
  return sum * h * h;
}

struct Pair {
  double qa, qb, k;
};
constexpr Pair pairs[] = {{1, 1, 0},    {1, 1, .5},   {1, 1, -.5}, {.3, 2, .7},
                          {1, 1, .999}, {4, 4, -3.2}, {4, 4, 4},   {.01, 4, .1}};

TEST(DualKernel, OfTanhAgreesWithQuadrature) {
  const auto kernel = kernel_of(Activation::tanh);
  for (const auto& [qa, qb, k] : pairs) {
    const double expected = by_trapezoids([](double u) { return std::tanh(u); }, qa, qb, k);
    EXPECT_NEAR((*kernel)(qa, qb, k), expected, TanhSeries::largest_tail + 1e-13)
        << qa << " " << qb << " " << k;
  }
}

TEST(DualKernel, TanhSeriesReachesItsTailAtSmallAndLargeVariance) {
  for (const double q : {1e-6, 0.1, 1.0, 4.0, 16.0, 64.0}) {
    const TanhSeries series(q);
    double sum = 0;
    for (const double a : series.coefficients()) sum += a * a;
    EXPECT_NEAR(sum, series.mean_square(), TanhSeries::largest_tail) << q;
    using Quadrature = boost::math::quadrature::gauss_kronrod<double, 61>;
    const double expected = Quadrature::integrate(
        [=](double x) {
          const double z = std::tanh(std::sqrt(q) * x);
          return 2 * normal_density(x) * z * z;
        },
        0.0, 12.0, 15, 1e-14);
    EXPECT_NEAR(series.mean_square(), expected, 1e-13) << q;
  }
}

TEST(DualKernel, OfTanhRefusesVariancesBeyondItsSeries) {
  EXPECT_NO_THROW(TanhSeries(TanhSeries::largest_variance));
  EXPECT_THROW(TanhSeries(1.01 * TanhSeries::largest_variance), model::InputError);
  // At once: a million points would be summed sixteen thousand times, or find no memory.
  for (const double q : {1e4, 1e8, 1e15, 1e300, HUGE_VAL, std::nan("")}) {
    EXPECT_THROW(TanhSeries{q}, model::InputError);
    EXPECT_THROW(TanhSeries::for_drops(q), model::InputError);
  }
}

TEST(DualKernel, OfErfAgreesWithQuadrature) {
  const auto kernel = kernel_of(Activation::erf);
  for (const auto& [qa, qb, k] : pairs) {
    if (std::max(qa, qb) > 2) continue;  // erf grows off the axis faster than the sum resolves
    const double expected = by_trapezoids([](double u) { return std::erf(u); }, qa, qb, k);
    EXPECT_NEAR((*kernel)(qa, qb, k), expected, 1e-12) << qa << " " << qb << " " << k;
  }
}

TEST(DualKernel, OfLinearIsTheCovariance) {
  EXPECT_EQ((*kernel_of(Activation::linear))(4, 2, 1.5), 1.5);
}

TEST(DualKernel, OfReluIsTheArcCosineKernel) {
  const auto kernel = kernel_of(Activation::relu);
  for (const double theta : {0.1, 1.0, 2.0, 3.0}) {
    const double expected =
        (std::sin(theta) + (std::numbers::pi - theta) * std::cos(theta)) * std::numbers::inv_pi / 2;
    EXPECT_NEAR((*kernel)(4, 9, 6 * std::cos(theta)), 6 * expected, 6e-13);
  }
}

TEST(DualKernel, OfThresholdedReluAndStepIsTheConditionalExpectation) {
  const double f = 0.2, tau = tau_of(f), c = 0.6, spread = 0.8;
  using Quadrature = boost::math::quadrature::gauss_kronrod<double, 61>;
  const double step = Quadrature::integrate(
      [&](double u) { return normal_density(u) * normal_tail((tau - c * u) / spread); }, tau,
      tau + 12, 15, 1e-14);
  const double relu = Quadrature::integrate(
      [&](double u) {
        const double a = (tau - c * u) / spread;
        return normal_density(u) * (u - tau) * spread * (normal_density(a) - a * normal_tail(a));
      },
      tau, tau + 12, 15, 1e-14);
  EXPECT_NEAR((*kernel_of(Activation::thresholded_step, f))(4, 9, 6 * c), step, 1e-13);
  EXPECT_NEAR((*kernel_of(Activation::thresholded_relu, f))(4, 9, 6 * c), 6 * relu, 6e-13);
}

TEST(DualKernel, DropsAreDifferencesWhereNothingCancels) {
  for (const auto activation :
       {Activation::thresholded_relu, Activation::thresholded_step, Activation::relu,
        Activation::erf, Activation::tanh, Activation::linear}) {
    const auto kernel = kernel_of(activation);
    for (const double q : {.3, 1.0, 5.0}) {
      for (const double a : {1.0, .6, -.4}) {
        EXPECT_EQ(kernel->drop(q, a, 0), 0) << name_of(activation);
        for (const double delta : {.05, .45, .7, 1.4, 2.0}) {
          const double expected = (*kernel)(q, q, a * q) - (*kernel)(q, q, a * q * (1 - delta));
          const double found = kernel->drop(q, a, delta);
          EXPECT_NEAR(found, expected, 2 * TanhSeries::largest_tail)
              << name_of(activation) << " " << q << " " << a << " " << delta;
          // Maps sum drops over terms.
          Eigen::ArrayXd entries = Eigen::ArrayXd::Constant(2, delta);
          kernel->drop_map(q, {{1.5, a}, {.5, 0.0}, {2, 1.0}}, 1)(entries);
          EXPECT_NEAR(entries(1), 1.5 * found + 2 * kernel->drop(q, 1, delta), 1e-13 * q);
        }
      }
    }
  }
}

TEST(DualKernel, DropsOfManyEntriesAreThoseOfFew) {
  for (const double f : {1e-3, .1, .9}) {
    const auto kernel = kernel_of(Activation::thresholded_relu, f);
    const double bound =
        KernelInterpolant(ThresholdedReluKernel::from_active_fraction(f)).drop_error_bound();
    for (const double a : {1.0, .99, .8, .5, .05, -.6}) {
      Eigen::ArrayXd deltas(300);
      for (Eigen::Index i = 0; i < deltas.size(); ++i) {
        deltas(i) = .5 * std::pow(10.0, -.07 * static_cast<double>(i));
      }
      Eigen::ArrayXd drops = deltas;
      kernel->drop_map(1.0, {{1.0, a}}, RectifierDualKernel::exact_evaluations + 1)(drops);
      for (Eigen::Index i = 0; i < deltas.size(); ++i) {
        const double delta = deltas(i);
        const double share = a == 1        ? bound
                             : delta > .01 ? 2 * (1 + (1 - a) / delta) * bound
                                           : 1e-15;
        EXPECT_NEAR(drops(i), kernel->drop(1.0, a, delta),
                    (share + ThresholdedReluKernel::drop_accuracy) * kernel->drop(1.0, 1.0, delta))
            << f << " " << a << " " << delta;
      }
    }
  }
}

TEST(DualKernel, DropsOfNearInputsAreTheSlope) {
  // drop/δ → q E[φ'(u)²], from which it is off by a relative O(δ) for smooth activations.
  using Quadrature = boost::math::quadrature::gauss_kronrod<double, 61>;
  for (const double q : {.1, 1.0, 20.0, 100.0}) {
    const double tanh_slope =
        2 * q *
        Quadrature::integrate(
            [=](double x) { return normal_density(x) * std::pow(std::cosh(std::sqrt(q) * x), -4); },
            0.0, 12.0, 15, 1e-15);
    EXPECT_NEAR(kernel_of(Activation::tanh)->drop(q, 1, 1e-20) / 1e-20, tanh_slope,
                1e-13 * tanh_slope)
        << q;
    // E[(2/√π)² exp(−2qx²)] = (4/π)/√(1+4q)
    const double erf_slope = 4 * std::numbers::inv_pi * q / std::sqrt(1 + 4 * q);
    EXPECT_NEAR(kernel_of(Activation::erf)->drop(q, 1, 1e-20) / 1e-20, erf_slope,
                1e-14 * erf_slope);
  }
}

TEST(DualKernel, OfOddActivationsIsExactlyOddAtOppositeInputs) {
  for (const auto activation : {Activation::erf, Activation::tanh, Activation::linear}) {
    const auto kernel = kernel_of(activation);
    for (const double q : {.3, 1.0, 7.0}) EXPECT_EQ((*kernel)(q, q, -q), -(*kernel)(q, q, q));
  }
}

TEST(DualKernel, OfCoincidingTanhIsTheMeanSquare) {
  for (const double q : {.3, 1.0, 7.0}) {
    const double mean_square = TanhSeries(q).mean_square();
    EXPECT_NEAR((*kernel_of(Activation::tanh))(q, q, q), mean_square, 1e-15);
  }
}

/// Covariance of `count` vectors, with variances about 1 that differ from one to the next.
Eigen::MatrixXd some_covariance(Eigen::Index count) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  const Eigen::MatrixXd x =
      Eigen::MatrixXd::NullaryExpr(count, 4, [&] { return 0.5 * normal(random); });
  return x * x.transpose();
}

TEST(DualKernel, GramAndLateralGramAreEntrywise) {
  const Eigen::MatrixXd covariance = some_covariance(4);
  const LateralSum sum(LateralFilter::box(5), LateralFilter::box(2));
  for (const auto activation :
       {Activation::thresholded_relu, Activation::thresholded_step, Activation::relu,
        Activation::erf, Activation::tanh, Activation::linear}) {
    const auto kernel = kernel_of(activation);
    const Eigen::MatrixXd gram = kernel->gram(covariance);
    const Eigen::MatrixXd lateral = kernel->lateral_gram(covariance, sum);
    for (int a = 0; a < 4; ++a) {
      for (int b = 0; b < 4; ++b) {
        const auto at = [&](double k) { return (*kernel)(covariance(a, a), covariance(b, b), k); };
        const double k = covariance(a, b);
        EXPECT_NEAR(gram(a, b), at(k), TanhSeries::largest_tail);
        // Triangles: B = .8, .6, .4, .2 and A = .5, 0, 0, 0 on either side.
        EXPECT_NEAR(lateral(a, b), 1.6 * at(k / 2) + 2.4 * at(0), TanhSeries::largest_tail);
      }
    }
  }
}

TEST(DualKernel, OfALargeGramAgreesWithTheExactKernel) {
  const Eigen::Index count = 200;
  ASSERT_GT(count * (count - 1) / 2, RectifierDualKernel::exact_evaluations);
  const Eigen::MatrixXd covariance = some_covariance(count);
  const auto kernel = kernel_of(Activation::thresholded_relu, 0.1);
  const Eigen::MatrixXd gram = kernel->gram(covariance);
  for (int a = 0; a < count; ++a) {
    const double qa = covariance(a, a);
    EXPECT_EQ(gram(a, a), qa * (*kernel)(1, 1, 1));
    for (int b = 0; b < a; ++b) {
      const double qb = covariance(b, b);
      EXPECT_NEAR(gram(a, b), (*kernel)(qa, qb, covariance(a, b)), 1e-12 * std::sqrt(qa * qb));
    }
  }
}

}  // namespace
}  // namespace wideproof::theory
