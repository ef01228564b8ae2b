// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/quenched_response.hpp>

#include <cmath>
#include <limits>
#include <numbers>

#include <gtest/gtest.h>
#include <wideproof/theory/dimension/layer_average.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

#include "panels.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;

// tests/theory/quenched_values.py: trapezoidal sums with 60 digits.
struct Reference {
  Activation activation;
  double variance, mean_field;
  double mean, slope, square, growth;
};
const Reference references[] = {
#include "quenched_reference.inc"
};

TEST(QuenchedResponse, AgreesWithSixtyDigitSums) {
  for (const auto& r : references) {
    const auto response = quenched_response(r.activation, r.variance, r.mean_field);
    const auto near = [&](double value, double expected, double rounding) {
      EXPECT_NEAR(value, expected, 1e-13 * std::abs(expected) + rounding)
          << name_of(r.activation) << " " << r.variance << " " << r.mean_field;
    };
    near(response.mean, r.mean, 1e-16 * std::sqrt(r.square));
    near(response.slope, r.slope, 0);
    near(response.variance_ratio * r.variance, r.square, 0);
    near(response.slope_growth, r.growth, 1e-15 * r.slope);
  }
}

// Rectifier and step on panels with an edge at their kink, which know of no closed form.
TEST(QuenchedResponse, OfRectifierAndStepAgreesWithPanels) {
  for (const double shift : {-6.0, -1.2, 0.0, 0.4, 3.0}) {
    const double variance = 2.25;
    const double root = 1.5;
    double moments[4] = {};  // means of (y)₊, (y)₊², 1(y>0), 1(y>0)(x²−1)/2
    for (const auto& [x, weight] : panel_nodes(edges_around(-shift / root))) {
      const double y = root * x + shift;
      if (y <= 0) continue;
      const double w = weight * normal_density(x);
      moments[0] += w * y;
      moments[1] += w * y * y;
      moments[2] += w;
      moments[3] += w * (x * x - 1) / 2;
    }
    const auto relu = quenched_response(Activation::relu, variance, shift);
    EXPECT_NEAR(relu.mean, moments[0], 1e-14);
    EXPECT_NEAR(relu.slope, moments[2], 1e-14);
    EXPECT_NEAR(relu.variance_ratio * variance, moments[1] - moments[0] * moments[0], 2e-14);
    EXPECT_NEAR(relu.slope_growth, moments[3], 1e-14);
    const auto step = quenched_response(Activation::thresholded_step, variance, shift);
    EXPECT_NEAR(step.mean, moments[2], 1e-14);
    EXPECT_NEAR(step.variance_ratio * variance, moments[2] * (1 - moments[2]), 1e-14);
  }
}

constexpr Activation smooth_ones[] = {Activation::tanh, Activation::erf, Activation::relu,
                                      Activation::thresholded_step, Activation::linear};

// Central differences of step e are off by e² times a third derivative, of order 1 here, and by
// rounding over e.
TEST(QuenchedResponse, SlopesAreDerivatives) {
  const double e = 1e-5;
  for (const auto activation : smooth_ones) {
    for (const double shift : {-0.8, 0.0, 0.5}) {
      const auto at = [&](double factor, double offset) {
        return quenched_response(activation, 1.7 * factor, shift + offset);
      };
      EXPECT_NEAR(at(1, 0).slope, (at(1, e).mean - at(1, -e).mean) / (2 * e), 1e-9);
      EXPECT_NEAR(at(1, 0).slope_growth,
                  (at(std::exp(e), 0).slope - at(std::exp(-e), 0).slope) / (2 * e), 1e-9);
    }
  }
}

TEST(QuenchedResponse, OfInputsThatDoNotVaryIsTheFunctionItself) {
  for (const auto activation : {Activation::tanh, Activation::erf, Activation::relu}) {
    const auto still = quenched_response(activation, 0, 0.6);
    const auto nearly = quenched_response(activation, 1e-14, 0.6);
    EXPECT_NEAR(still.mean, nearly.mean, 1e-13);
    EXPECT_NEAR(still.slope, nearly.slope, 1e-13);
    EXPECT_NEAR(still.variance_ratio, nearly.variance_ratio, 1e-13);
    EXPECT_EQ(still.slope_growth, 0);
    EXPECT_EQ(still.variance_ratio, still.slope * still.slope);
  }
}

TEST(QuenchedResponse, OfSmallVarianceKeepsItsDigits) {
  for (const double variance : {1e-20, 1e-100, 1e-300}) {
    EXPECT_NEAR(quenched_response(Activation::tanh, variance, 0).variance_ratio, 1, 1e-13);
    EXPECT_NEAR(quenched_response(Activation::erf, variance, 0).variance_ratio,
                4 / std::numbers::pi, 1e-13);
  }
}

TEST(QuenchedResponse, SteepTanhAndErfTendToTheSign) {
  for (const auto activation : {Activation::tanh, Activation::erf}) {
    for (const double k : {0.0, 0.4, -2.0}) {
      const double root = 1e8;
      const auto response = quenched_response(activation, root * root, k * root);
      EXPECT_NEAR(response.mean, 1 - 2 * normal_tail(k), 1e-8);
      EXPECT_NEAR(response.slope * root, 2 * normal_density(k), 1e-8);
      EXPECT_NEAR(response.variance_ratio * root * root, 4 * normal_tail(k) * normal_tail(-k),
                  1e-7);
    }
  }
}

// Nodes end at a deviation of 1e8, where they are still right to 1e-13.
TEST(QuenchedResponse, OfTanhPassesFromNodesToTheSign) {
  for (const double k : {0.0, 0.5, -2.0}) {
    const auto of = [k](double root) {
      return quenched_response(Activation::tanh, root * root, k * root);
    };
    const auto below = of(0.999999 * 1e8);
    const auto above = of(1.000001 * 1e8);
    const auto expect_scaled = [](double one, double other, double power) {
      const double scaled = other * std::pow(1.000001 / 0.999999, power);
      EXPECT_NEAR(scaled, one, 1e-11 * std::abs(one));
    };
    EXPECT_NEAR(above.mean, below.mean, 1e-12);
    expect_scaled(below.slope, above.slope, 1);
    expect_scaled(below.variance_ratio, above.variance_ratio, 2);
    expect_scaled(below.slope_growth, above.slope_growth, 1);
  }
}

TEST(QuenchedResponse, IsFiniteWhateverItIsGiven) {
  for (const auto activation : smooth_ones) {
    for (const double variance : {0.0, 1e-300, 1e-9, 1.0, 1e9, 1e130}) {
      for (const double shift : {-1e130, -1e3, -1e-9, 0.0, 1.0, 1e3, 1e130}) {
        const auto r = quenched_response(activation, variance, shift);
        EXPECT_TRUE(std::isfinite(r.mean) && std::isfinite(r.slope) &&
                    std::isfinite(r.variance_ratio) && std::isfinite(r.slope_growth))
            << name_of(activation) << " " << variance << " " << shift;
      }
    }
  }
}

// Averages over z are averages over one more normal: that of φ² is its mean at Δ + h.
// h ≫ Δ: neurons whose fields cross the threshold are few, and all of them are alike. K' of a step
// is √(Δ/h) g(τ) ∫ Q(x)Q(−x) dx, the integral being 1/√π, and η = κΔ/K' is ½.
TEST(LayerAverage, KeepsItsDigitsWhereFewNeuronsVary) {
  const double tau = 1.2;
  for (const double field : {1e12, 1e40, 1e120}) {
    const auto average = layer_average(Activation::thresholded_step, tau, 1, field);
    const double expected = normal_density(tau) / std::sqrt(field) * std::numbers::inv_sqrtpi;
    EXPECT_NEAR(average.variance, expected, 1e-6 * expected) << field;
    EXPECT_NEAR(average.eta, 0.5, 1e-6) << field;
  }
}

TEST(LayerAverage, DividesTheSquareBetweenInputsAndNeurons) {
  for (const auto activation : smooth_ones) {
    for (const double variance : {1e-4, 0.3, 20.0}) {
      for (const double field : {1e-6, 0.5, 1e3}) {
        const auto both = layer_average(activation, 0, variance, field);
        const auto alone = layer_average(activation, 0, variance + field, 0);
        const double square = alone.variance + alone.mean_square;
        EXPECT_NEAR(both.variance + both.mean_square, square, 1e-12 * square)
            << name_of(activation) << " " << variance << " " << field;
        EXPECT_NEAR(both.mean, alone.mean, 1e-12 * std::sqrt(square));
      }
    }
  }
}

// ⟨m²⟩ and ⟨p²⟩ of erf are its dual kernel and that of its slope, for two inputs of variance Δ + h
// and covariance h: Williams' arcsine (2/π) asin(2h/D), and (4/π)/√(D² − 4h²), D = 1 + 2(Δ+h).
TEST(LayerAverage, OfErfIsItsDualKernel) {
  for (const double variance : {1e-3, 0.7, 50.0}) {
    for (const double field : {1e-3, 0.4, 100.0}) {
      const double d = 1 + 2 * (variance + field);
      const auto average = layer_average(Activation::erf, 0, variance, field);
      EXPECT_NEAR(average.mean_square, 2 / std::numbers::pi * std::asin(2 * field / d), 1e-13);
      const double kappa = 4 / std::numbers::pi / std::sqrt(d * d - 4 * field * field);
      EXPECT_NEAR(average.slope_square, kappa, 1e-13 * kappa);
    }
  }
}

}  // namespace
}  // namespace wideproof::theory
