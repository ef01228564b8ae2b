// SPDX-License-Identifier: MIT
#include <wideproof/theory/long_run_covariance.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/theory/autocorrelation.hpp>
#include <wideproof/theory/gram_noise.hpp>
#include <wideproof/theory/normal_tail.hpp>

#include "panels.hpp"

namespace wideproof::theory {
namespace {

using model::LateralFilter;
using model::ThresholdRule;

constexpr ThresholdRule all_rules[] = {ThresholdRule::fixed, ThresholdRule::std,
                                       ThresholdRule::quantile};

Eigen::Matrix3d own_covariance(const NeuronResponse& response, double c) {
  const auto influence = gram_influence(response, c, 0.0);
  return influence * NeuronFeatures(response, c).covariance * influence.transpose();
}

/// S_r = Σ_{j+k=r} s_jk s_jkᵀ with the Hermite coefficients s_jk of ψ in whitened coordinates, so
/// that Γ(ρ) = Σ_r ρ^r S_r (Mehler). Quadrature over the plane, cut along both thresholds: nothing
/// here conditions on a neighbour.
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
  const auto coefficients = gram_influence(response, c, 0.0);
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
      FeatureVector features;
      features << a * a, a * b, b * b, a, b, influence(u), influence(v);
      const Eigen::Vector3d psi = weight * coefficients * features;
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
  for (const auto rule : all_rules) {
    for (const double f : {.1, .6}) {
      const NeuronResponse response{.tau = tau_of(f), .rule = rule};
      for (const double c : {-.3, .6}) {
        const auto weights = hermite_weights(response, c, orders);
        const double size = own_covariance(response, c).diagonal().maxCoeff();
        for (const double rho : {.2, .5, -.4}) {
          Eigen::Matrix3d series = Eigen::Matrix3d::Zero();
          for (int r = 1; r <= orders; ++r) {
            series += std::pow(rho, r) * weights[static_cast<std::size_t>(r)];
          }
          // What is left out is at most |ρ|^25 of Γ(1), 3e-8.
          const Eigen::Matrix3d error = neighbour_covariance(response, c, rho) - series;
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
      const double size = own_covariance(response, 1.0)(0, 0);
      EXPECT_NEAR(neighbour_covariance(response, 1.0, rho)(entry_aa, entry_aa), series, 1e-6 * size)
          << f << " " << rho;
    }
  }
}

TEST(NeighbourCovariance, TendsToTheNeuronsOwn) {
  for (const auto rule : all_rules) {
    const NeuronResponse response{.tau = tau_of(.2), .rule = rule};
    const Eigen::Matrix3d own = own_covariance(response, .5);
    const Eigen::Matrix3d near = neighbour_covariance(response, .5, .995);
    // The influence of a quantile jumps: it loses as √(1−ρ).
    const double lost = rule == ThresholdRule::quantile ? .1 : .03;
    EXPECT_LT((own - near).cwiseAbs().maxCoeff(), lost * own(0, 0)) << name_of(rule);
  }
}

/// Σ_δ Γ(A(δ)) term by term.
Eigen::Matrix3d sum_over_offsets(const LateralFilter& filter, const NeuronResponse& response,
                                 double c) {
  const Autocorrelation a(filter);
  Eigen::Matrix3d sum = own_covariance(response, c);
  for (auto x = a.column_reach(); x > 0; --x) {
    if (a(0, x) != 0) sum += 2 * neighbour_covariance(response, c, a(0, x));
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
      LateralFilter::box(5), LateralFilter::box(25),
      LateralFilter("filter", {.kind = LateralFilter::Kind::gaussian, .scale = 3}),
      LateralFilter("filter",
                    {.kind = LateralFilter::Kind::mexican_hat, .scale = 5, .surround_scale = 8})};
  for (const auto& filter : filters) {
    for (const auto rule : all_rules) {
      const NeuronResponse response{.tau = tau_of(.2), .rule = rule};
      const double c = .4;
      const Eigen::Matrix3d error =
          LongRunCovariance(filter, response, 1)(c) - sum_over_offsets(filter, response, c);
      const double size = own_covariance(response, c)(0, 0) * sum_of_sizes(filter);
      RecordProperty(std::string(name_of(filter.kind())) + std::string(name_of(rule)),
                     std::to_string(error.cwiseAbs().maxCoeff() / size * 1e6) + "e-6");
      EXPECT_LT(error.cwiseAbs().maxCoeff(), LongRunCovariance::accuracy * size)
          << name_of(filter.kind()) << " " << name_of(rule);
    }
  }
}

TEST(LongRunCovariance, IsTheSameForManyCorrelationsAsForOne) {
  const LateralFilter filter = LateralFilter::box(5);
  for (const auto rule : all_rules) {
    for (const double f : {.5, .1}) {
      const NeuronResponse response{.tau = tau_of(f), .rule = rule};
      const LongRunCovariance many(filter, response, 1000);
      for (const double c : {-1.0, -.97, -.2, .1, .77, .99, .9999, 1.0}) {
        const Eigen::Matrix3d exact = many.direct(c);
        EXPECT_LT((many(c) - exact).cwiseAbs().maxCoeff(),
                  LongRunCovariance::accuracy * exact(0, 0))
            << name_of(rule) << " " << f << " " << c;
      }
    }
  }
}

TEST(LongRunCovariance, OfUniformReceiversAddsTheFirstDegree) {
  for (const auto rule : all_rules) {
    const NeuronResponse response{.tau = tau_of(.3), .rule = rule};
    const double c = .4;
    const auto first = hermite_weights(response, c, 1)[1];
    const Eigen::Matrix3d expected = own_covariance(response, c) + 7 * first;
    const auto sum = LongRunCovariance(LateralFilter::uniform(7), response, 1)(c);
    EXPECT_LT((sum - expected).cwiseAbs().maxCoeff(), 1e-9) << name_of(rule);
  }
}

TEST(LongRunCovariance, OfLinearNeuronsIsQuadratic) {
  const NeuronResponse response{.linear = true};
  const LateralFilter filter = LateralFilter::box(3);  // A = 1/3, 2/3, 1, 2/3, 1/3
  const auto sum = LongRunCovariance(filter, response, 1)(.3);
  const Eigen::Matrix3d expected = (1 + 10.0 / 9) * own_covariance(response, .3);
  EXPECT_LT((sum - expected).cwiseAbs().maxCoeff(), 1e-14);
}

TEST(LongRunCovariance, WithoutAFilterIsTheNeuronsOwn) {
  const NeuronResponse response{.tau = tau_of(.3), .rule = ThresholdRule::std};
  EXPECT_EQ(LongRunCovariance(LateralFilter(), response, 1)(.3), own_covariance(response, .3));
  EXPECT_EQ(LongRunCovariance(LateralFilter::box(1), response, 1)(.3),
            own_covariance(response, .3));
}

}  // namespace
}  // namespace wideproof::theory
