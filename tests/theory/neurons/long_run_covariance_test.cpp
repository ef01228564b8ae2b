// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/long_run_covariance.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/gram_noise.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

#include "panels.hpp"

namespace wideproof::theory {
namespace {

using model::LateralFilter;
using model::ThresholdRule;

constexpr ThresholdRule each_rule[] = {ThresholdRule::fixed, ThresholdRule::std,
                                       ThresholdRule::quantile};

/// Over (s, d, a).
Eigen::Matrix3d matrix_of(const PairCovariance& x) {
  Eigen::Matrix3d matrix;
  matrix << x.norm, x.norm_distance, 0, x.norm_distance, x.distance, 0, 0, 0, x.contrast;
  return matrix;
}

PairCovariance own_covariance(const NeuronResponse& response, double c) {
  return influence_covariance(NeuronFeatures(response, 1 - c), 0.0);
}

/// Γ(ρ) over (s, d, a).
Eigen::Matrix3d neighbour_matrix(const NeuronResponse& response, double c, double rho) {
  const double lost = 2 * lost_covariance(response, rho, 1 - c);
  const auto shared = neighbour_covariance(response, NeuronFeatures(response, 1 - c), rho);
  return matrix_of({.norm = 4 * lost_covariance(response, rho, 1.0) - lost,
                    .norm_distance = shared(0),
                    .distance = shared(1),
                    .contrast = lost});
}

/// Over (s, d, a): S_r = Σ_{j+k=r} s_jk s_jkᵀ with the Hermite coefficients s_jk of ψ in whitened
/// coordinates, so that Γ(ρ) = Σ_r ρ^r S_r (Mehler). Quadrature over the plane, cut along both
/// thresholds: nothing here conditions on a neighbour.
std::vector<Eigen::Matrix3d> hermite_weights(const NeuronResponse& response, double c, int orders) {
  const double tau = response.tau;
  const double f = normal_tail(tau);
  const double r = std::sqrt(1 - c * c);
  const auto influence = [&](double x) {
    if (response.is_std()) return 0.5 * tau * (x * x - 1);
    return response.is_quantile() ? ((x > tau ? 1 : 0) - f) / normal_density(tau) : 0.0;
  };
  const auto hermites = [orders](double x) {
    std::vector<double> h{1, x};
    for (int j = 1; j < orders; ++j) {
      const auto i = static_cast<std::size_t>(j);
      h.push_back((x * h[i] - std::sqrt(double(j)) * h[i - 1]) / std::sqrt(j + 1.0));
    }
    return h;
  };
  const ThresholdedReluKernel kernel(tau);
  const double missed = kernel.mean() - kernel.step_times_relu(c);
  const auto side = static_cast<std::size_t>(orders + 1);
  std::vector<Eigen::Vector3d> s(side * side, Eigen::Vector3d::Zero());
  const auto nodes = panel_nodes(edges_around(tau));
  for (const auto& [u, du] : nodes) {
    const auto hx = hermites(u);
    for (const auto& [v, dv] : nodes) {
      const double y = (v - c * u) / r;
      const double weight = du * dv * normal_density(u) * normal_density(y) / r;
      if (weight < 1e-25) continue;
      const double a = positive_part(u - tau);
      const double b = positive_part(v - tau);
      const double sum = influence(u) + influence(v);
      const Eigen::Vector3d psi =
          weight *
          Eigen::Vector3d(0.5 * (a * a + b * b) - kernel.mean() * sum,
                          0.5 * (a - b) * (a - b) - missed * sum,
                          0.5 * (a * a - b * b) - kernel.mean() * (influence(u) - influence(v)));
      const auto hy = hermites(y);
      for (std::size_t j = 0; j < side; ++j) {
        for (std::size_t k = 0; j + k < side; ++k) s[j * side + k] += hx[j] * hy[k] * psi;
      }
    }
  }
  std::vector<Eigen::Matrix3d> weights(side, Eigen::Matrix3d::Zero());
  for (std::size_t j = 0; j < side; ++j) {
    for (std::size_t k = 0; j + k < side; ++k) {
      weights[j + k] += s[j * side + k] * s[j * side + k].transpose();
    }
  }
  return weights;
}

TEST(NeighbourCovariance, IsItsHermiteSeries) {
  constexpr int orders = 24;
  for (const auto rule : each_rule) {
    for (const double f : {.1, .6}) {
      const NeuronResponse response{.tau = tau_of(f), .rule = rule};
      for (const double c : {-.3, .6}) {
        const auto weights = hermite_weights(response, c, orders);
        const double size = matrix_of(own_covariance(response, c)).maxCoeff();
        for (const double rho : {.2, .5, -.4}) {
          Eigen::Matrix3d series = Eigen::Matrix3d::Zero();
          for (int r = 1; r <= orders; ++r) {
            series += std::pow(rho, r) * weights[static_cast<std::size_t>(r)];
          }
          // What is left out is at most |ρ|^25 of Γ(1), 3e-8.
          const Eigen::Matrix3d error = neighbour_matrix(response, c, rho) - series;
          EXPECT_LT(error.cwiseAbs().maxCoeff(), 1e-7 * size)
              << name_of(rule) << " " << f << " " << c << " " << rho;
        }
      }
    }
  }
}

/// ψ of one input in one dimension, where coefficients are known to high degree:
/// φ² has a_r = 2 He_{r−3}(τ) g/√r! for r ≥ 3, a₁ = 2μ, a₂ = 2f/√2.
TEST(NeighbourCovariance, OfOneInputIsItsHermiteSeriesNearOneToo) {
  for (const double f : {.1, .5}) {
    const double tau = tau_of(f);
    const NeuronResponse response{.tau = tau, .rule = ThresholdRule::fixed};
    const double mean = normal_density(tau) - tau * f;
    for (const double rho : {.5, .9, .985, -.8}) {
      double series = rho * 4 * mean * mean + rho * rho * 2 * f * f;
      double before = 0;
      double hermite = 1;  // He_{r−3}/√((r−3)!)
      for (int r = 3; r < 3000; ++r) {
        const double a = 2 * hermite * normal_density(tau) / std::sqrt(r * (r - 1.0) * (r - 2.0));
        series += a * a * std::pow(rho, r);
        const double next = (tau * hermite - std::sqrt(r - 3.0) * before) / std::sqrt(r - 2.0);
        before = hermite;
        hermite = next;
      }
      EXPECT_NEAR(4 * lost_covariance(response, rho, 1.0), series, 1e-10) << f << " " << rho;
    }
  }
}

/// Of very near inputs, u ± √(2δ)e/2: ψ_d/δ tends to e²1(u>τ) − g IF(u) − f, e being independent
/// of u and of correlation ρ with its neighbour's.
TEST(NeighbourCovariance, OfNearInputsHasItsLimit) {
  const double delta = 1e-6;
  for (const double f : {.5, .1}) {
    const double tau = tau_of(f);
    const double g = normal_density(tau);
    for (const double rho : {.3, .8, .97, -.4}) {
      const TruncatedMoments m(tau, rho);
      const double both = m(0, 0);
      const double square = m(2, 0) - f * m.single(2);  // Cov(φ², 1')
      Eigen::Array2d expected[3];
      expected[0] << square, (1 + 2 * rho * rho) * both - f * f;
      const double tilt = tau * g * rho;
      expected[1] << square - tilt * f * rho, expected[0](1) - 0.5 * tilt * tilt;
      expected[2] << 0, 2 * rho * rho * both;
      for (int i = 0; i < 3; ++i) {
        const NeuronResponse response{.tau = tau, .rule = each_rule[i]};
        const NeuronFeatures features(response, delta);
        const Eigen::Array2d scaled =
            neighbour_covariance(response, features, rho) / Eigen::Array2d(delta, delta * delta);
        // The next order is √δ = 1e-3 of the last; differences leave 1e-15/δ.
        EXPECT_NEAR(scaled(0), expected[i](0), 5e-3 * m.single(2)) << name_of(each_rule[i]) << rho;
        EXPECT_NEAR(scaled(1), expected[i](1), 5e-3 * 3 * f) << name_of(each_rule[i]) << rho;
      }
    }
  }
}

TEST(NeighbourCovariance, TendsToTheNeuronsOwn) {
  for (const auto rule : each_rule) {
    const NeuronResponse response{.tau = tau_of(.2), .rule = rule};
    const Eigen::Matrix3d own = matrix_of(own_covariance(response, .5));
    const Eigen::Matrix3d near = neighbour_matrix(response, .5, .995);
    // The influence of a quantile jumps: it loses as √(1−ρ).
    const double lost = rule == ThresholdRule::quantile ? .1 : .03;
    EXPECT_LT((own - near).cwiseAbs().maxCoeff(), lost * own(0, 0)) << name_of(rule);
  }
}

/// How far off a sum is in units of each kind: norm and contrast, which are exact for single
/// angles, and the others.
struct Deviation {
  double exact, interpolated;
};

Deviation deviation_of(const PairCovariance& x, const PairCovariance& y,
                       const PairCovariance& own) {
  return {std::max(std::abs(x.norm - y.norm) / own.norm,
                   std::abs(x.contrast - y.contrast) / own.contrast),
          std::max(std::abs(x.norm_distance - y.norm_distance) / std::sqrt(own.norm * own.distance),
                   std::abs(x.distance - y.distance) / own.distance)};
}

/// Σ_δ Γ(A(δ)) term by term.
PairCovariance sum_over_offsets(const LateralFilter& filter, const NeuronResponse& response,
                                double delta) {
  const Autocorrelation a(filter);
  const NeuronFeatures features(response, delta);
  PairCovariance sum = influence_covariance(features, 0.0);
  for (auto x = a.column_reach(); x > 0; --x) {
    if (a(0, x) == 0) continue;
    const double lost = 2 * lost_covariance(response, a(0, x), delta);
    const auto shared = neighbour_covariance(response, features, a(0, x));
    sum += 2 * PairCovariance{.norm = 4 * lost_covariance(response, a(0, x), 1.0) - lost,
                              .norm_distance = shared(0),
                              .distance = shared(1),
                              .contrast = lost};
  }
  return sum;
}

double sum_of_sizes(const LateralFilter& filter) {
  const Autocorrelation a(filter);
  double sum = 0;
  for (auto x = -a.column_reach(); x <= a.column_reach(); ++x) sum += std::abs(a(0, x));
  return sum;
}

TEST(LongRunCovariance, IsTheSumOverOffsets) {
  const LateralFilter filters[] = {
      LateralFilter::box(5),
      LateralFilter::box(25),
      LateralFilter::box(101),
      LateralFilter("filter", {.kind = LateralFilter::Kind::gaussian, .scale = 15}),
      LateralFilter("filter", {.kind = LateralFilter::Kind::gaussian, .scale = 3}),
      LateralFilter("filter",
                    {.kind = LateralFilter::Kind::mexican_hat, .scale = 5, .surround_scale = 8})};
  for (const auto& filter : filters) {
    const double accuracy = Autocorrelation(filter)(0, 1) > LongRunCovariance::narrow
                                ? LongRunCovariance::accuracy_near_one
                                : LongRunCovariance::accuracy;
    for (const auto rule : each_rule) {
      const NeuronResponse response{.tau = tau_of(.2), .rule = rule};
      for (const double delta : {.6, .003}) {
        const NeuronFeatures features(response, delta);
        const auto own = influence_covariance(features, 0.0);
        const auto [exact, interpolated] =
            deviation_of(LongRunCovariance(filter, response, 1)(features),
                         sum_over_offsets(filter, response, delta), own);
        const double sizes = sum_of_sizes(filter);
        EXPECT_LT(exact, 1e-12 * sizes);
        EXPECT_LT(interpolated, accuracy * sizes) << name_of(filter.kind()) << " " << name_of(rule);
      }
    }
  }
}

TEST(LongRunCovariance, IsTheSameForManyAnglesAsForOne) {
  const LateralFilter filter = LateralFilter::box(5);
  for (const auto rule : each_rule) {
    for (const double f : {.5, .1}) {
      const NeuronResponse response{.tau = tau_of(f), .rule = rule};
      const LongRunCovariance many(filter, response, 1000);
      const LongRunCovariance few(filter, response, 1);
      for (const double delta : {2.0, 1.97, 1.2, .9, .23, .01, 1e-4, 1e-9, 1e-25}) {
        const NeuronFeatures features(response, delta);
        const auto own = influence_covariance(features, 0.0);
        const auto [exact, interpolated] = deviation_of(many(features), few(features), own);
        EXPECT_LT(exact, LongRunCovariance::accuracy);
        EXPECT_LT(interpolated, LongRunCovariance::accuracy)
            << name_of(rule) << " " << f << " " << delta;
      }
    }
  }
}

TEST(LongRunCovariance, OfUniformReceiversAddsTheFirstDegree) {
  for (const auto rule : each_rule) {
    const NeuronResponse response{.tau = tau_of(.3), .rule = rule};
    const double c = .4;
    const auto first = hermite_weights(response, c, 1)[1];
    const Eigen::Matrix3d expected = matrix_of(own_covariance(response, c)) + 7 * first;
    const LongRunCovariance sum(LateralFilter::uniform(7), response, 1);
    const Eigen::Matrix3d error = matrix_of(sum(NeuronFeatures(response, 1 - c))) - expected;
    EXPECT_LT(error.cwiseAbs().maxCoeff(), 1e-9) << name_of(rule);
  }
}

TEST(LongRunCovariance, OfLinearNeuronsIsQuadratic) {
  const NeuronResponse response{.linear = true};
  const LateralFilter filter = LateralFilter::box(3);  // A = 1/3, 2/3, 1, 2/3, 1/3
  const LongRunCovariance sum(filter, response, 1);
  const Eigen::Matrix3d expected = (1 + 10.0 / 9) * matrix_of(own_covariance(response, .3));
  const Eigen::Matrix3d error = matrix_of(sum(NeuronFeatures(response, .7))) - expected;
  EXPECT_LT(error.cwiseAbs().maxCoeff(), 1e-14);
}

TEST(LongRunCovariance, WithoutAFilterIsTheNeuronsOwn) {
  const NeuronResponse response{.tau = tau_of(.3), .rule = ThresholdRule::std};
  const NeuronFeatures features(response, .7);
  const Eigen::Matrix3d own = matrix_of(influence_covariance(features, 0.0));
  for (const auto& filter : {LateralFilter(), LateralFilter::box(1)}) {
    EXPECT_EQ(matrix_of(LongRunCovariance(filter, response, 1)(features)), own);
  }
}

}  // namespace
}  // namespace wideproof::theory
