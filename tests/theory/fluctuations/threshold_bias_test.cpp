// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/threshold_bias.hpp>

#include <cmath>
#include <functional>

#include <gtest/gtest.h>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

#include "panels.hpp"

namespace wideproof::theory {
namespace {

using model::LateralFilter;
using model::ThresholdRule;

/// Of the entry (ab), of one neuron.
double same_product(const ThresholdBias& bias, const NeuronResponse& response, double c) {
  return bias(NeuronFeatures(response, 1 - c)).same.product();
}

/// lim n·x(n) of a series β + γ/n + O(1/n²), from two sizes: off by O(1/n²).
double extrapolated_error(const std::function<double(int)>& n_times_error, int n) {
  const int twice = 2 * n - 1;  // keeps (n−1)(1−f) a whole number
  const double slope = (n_times_error(twice) - n_times_error(n)) / (1.0 / twice - 1.0 / n);
  return n_times_error(n) - slope / n;
}

/// E[value(t)] for the quantile t of n normals at a whole position k = (n−1)(1−f), where it is the
/// order statistic with k values below: density n!/(k!(n−k−1)!) g (1−Q)^k Q^{n−k−1}.
double mean_over_quantile(int n, int k, double tau, const std::function<double(double)>& value) {
  const double log_count = std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(double(n - k));
  std::vector<double> edges;
  for (int i = -40; i <= 40; ++i) edges.push_back(tau + i * 0.5 / std::sqrt(n));
  double sum = 0;
  for (const auto& [t, dt] : panel_nodes(edges)) {
    const double tail = normal_tail(t);
    const double log_density = log_count + k * std::log1p(-tail) + (n - k - 1) * std::log(tail);
    sum += dt * std::exp(log_density) * normal_density(t) * value(t);
  }
  return sum;
}

TEST(ThresholdBias, OfQuantilesIsThatOfOrderStatistics) {
  for (const double f : {.3, .1}) {
    const double tau = tau_of(f);
    const NeuronResponse response{.tau = tau, .rule = ThresholdRule::quantile};
    const auto e = [](double t) { return tail_moments<2>(normal_density(t), normal_tail(t), t); };
    const auto limit = e(tau);
    // Above the order statistic lie n − k − 1 independent values, (u | u > t).
    const auto position = [f](int n) { return static_cast<int>(std::lround((n - 1) * (1 - f))); };
    const auto same = [&](int n) {
      const int k = position(n);
      const auto square = [&](double t) { return e(t)[2] / e(t)[0]; };
      return (n - k - 1.0) * mean_over_quantile(n, k, tau, square) - n * limit[2];
    };
    const auto two = [&](int n) {
      const int k = position(n);
      const double above = n - k - 1.0;
      const auto product = [&](double t) { return std::pow(e(t)[1] / e(t)[0], 2); };
      return above * (above - 1) / (n - 1) * mean_over_quantile(n, k, tau, product) -
             n * limit[1] * limit[1];
    };
    // Independent inputs: E z at each, squared.
    const auto independent = [&](int n) {
      const int k = position(n);
      const auto value = [&](double t) { return e(t)[1] / e(t)[0]; };
      const double mean = (n - k - 1.0) / n * mean_over_quantile(n, k, tau, value);
      return n * (mean * mean - limit[1] * limit[1]);
    };
    const int n = 2001;
    const auto bias = ThresholdBias(response)(NeuronFeatures(response, 1.0));
    // The next term is of the order (1/f)²/n², 2e-5.
    EXPECT_NEAR(bias.same.norm, extrapolated_error(same, n), 2e-5) << f;
    EXPECT_NEAR(bias.two.norm, extrapolated_error(two, n), 2e-5) << f;
    EXPECT_NEAR(bias.same.product(), extrapolated_error(independent, n), 2e-5) << f;
    EXPECT_NEAR(bias.two.product(), extrapolated_error(independent, n), 2e-5) << f;
    EXPECT_GT(std::abs(bias.same.norm), 1e-2) << "nothing to see";
  }
}

/// By homogeneity Ĝ at std thresholds is (Σu²/n)·(its value for u on a sphere of radius √n), the
/// two independent: a mean over the sphere's marginal, ∝ (1 − |x|²/n)^{(n−2−d)/2} in d dimensions.
TEST(ThresholdBias, OfStandardDeviationsIsThatOnTheSphere) {
  for (const double f : {.3, .1}) {
    const double tau = tau_of(f);
    const NeuronResponse response{.tau = tau, .rule = ThresholdRule::std};
    const auto limit = tail_moments<2>(normal_density(tau), normal_tail(tau), tau);
    const auto nodes = panel_nodes(edges_around(tau));
    const auto over_sphere = [&](int n, int p, int q) {
      const double power = 0.5 * (n - 4);
      double sum = 0, norm = 0;
      for (const auto& [x, dx] : nodes) {
        for (const auto& [y, dy] : nodes) {
          const double weight = dx * dy * std::exp(power * std::log1p(-(x * x + y * y) / n));
          norm += weight;
          sum += weight * std::pow(positive_part(x - tau), p) *
                 (q == 0 ? 1 : std::pow(positive_part(y - tau), q));
        }
      }
      return sum / norm;
    };
    const auto same = [&](int n) { return n * (over_sphere(n, 2, 0) - limit[2]); };
    const auto two = [&](int n) { return n * (over_sphere(n, 1, 1) - limit[1] * limit[1]); };
    const int n = 1000;
    const auto bias = ThresholdBias(response)(NeuronFeatures(response, 1.0));
    EXPECT_NEAR(bias.same.norm, extrapolated_error(same, n), 1e-5) << f;
    EXPECT_NEAR(bias.two.norm, extrapolated_error(two, n), 1e-5) << f;
    EXPECT_GT(std::abs(bias.same.norm), 1e-2) << "nothing to see";
  }
}

TEST(ThresholdBias, OfEqualInputsIsThatOfOne) {
  for (const auto rule : {ThresholdRule::std, ThresholdRule::quantile}) {
    const NeuronResponse response{.tau = tau_of(.2), .rule = rule};
    for (const auto& filter : {LateralFilter(), LateralFilter::box(3), LateralFilter::uniform(2)}) {
      const auto bias = ThresholdBias(response, filter)(NeuronFeatures(response, 0.0));
      EXPECT_EQ(bias.same.distance, 0);
      EXPECT_EQ(bias.two.distance, 0);
    }
  }
}

/// What goes as √δ and as δ: of the thresholds' own distance (f−L)/g² times f, δ in all else.
TEST(ThresholdBias, OfNearInputsKeepsItsDigits) {
  const LateralFilter filters[] = {LateralFilter(), LateralFilter::box(3), LateralFilter::box(40),
                                   LateralFilter::uniform(2)};
  for (const auto rule : {ThresholdRule::std, ThresholdRule::quantile}) {
    const NeuronResponse response{.tau = tau_of(.2), .rule = rule};
    for (const auto& filter : filters) {
      const ThresholdBias bias(response, filter);
      const auto scaled = [&](double delta) {
        const double own = rule == ThresholdRule::quantile
                               ? .2 * NeuronFeatures(response, delta).moments->alone(0) /
                                     std::pow(normal_density(response.tau), 2)
                               : 0.0;
        return (bias(NeuronFeatures(response, delta)).same.distance - own) / delta;
      };
      // A power series in √δ: two steps of it are left out between the first two.
      const double limit = scaled(1e-12);
      EXPECT_NEAR(scaled(1e-16), limit, 1e-5 * std::abs(limit)) << name_of(rule);
      EXPECT_NEAR(2 * scaled(2.5e-5) - scaled(1e-4), limit, 1e-2 * std::abs(limit))
          << name_of(rule);
    }
  }
}

TEST(ThresholdBias, IsNoneForFixedThresholds) {
  const NeuronResponse response{.tau = tau_of(.2), .rule = ThresholdRule::fixed};
  const auto bias = ThresholdBias(response)(NeuronFeatures(response, .6));
  EXPECT_EQ(bias.same.norm, 0);
  EXPECT_EQ(bias.same.distance, 0);
  EXPECT_EQ(bias.two.norm, 0);
  EXPECT_EQ(bias.two.distance, 0);
}

/// The neighbours' part in Hermite polynomials: with a_r = He_{r−1}(τ)g the coefficients of 1(u>τ),
/// d_r = He_r(τ)g of δ(u−τ) and x_r = E[1_aφ_b He_r(u)], each covariance is Σ_r α^r (product)/r!.
double neighbours_part(double tau, double c, double alpha) {
  const double g = normal_density(tau);
  const double r = std::sqrt(1 - c * c);
  constexpr int orders = 60;
  const auto hermites = [](double x) {  // He_r/√(r!)
    std::vector<double> h{1, x};
    for (int j = 1; j < orders; ++j) {
      const auto i = static_cast<std::size_t>(j);
      h.push_back((x * h[i] - std::sqrt(double(j)) * h[i - 1]) / std::sqrt(j + 1.0));
    }
    return h;
  };
  std::vector<double> both(orders + 1, 0.0);
  for (const auto& [u, du] : panel_nodes(edges_around(tau))) {
    if (u < tau) continue;
    const double z = (tau - c * u) / r;
    const double value = r * (normal_density(z) - z * normal_tail(z));
    const auto h = hermites(u);
    for (std::size_t k = 0; k < both.size(); ++k) both[k] += du * normal_density(u) * value * h[k];
  }
  const auto h = hermites(tau);
  double variance = 0, covariance = 0, density_with_active = 0, both_with_active = 0;
  for (std::size_t k = 1; k <= orders; ++k) {
    const auto order = static_cast<double>(k);
    const double active = h[k - 1] * g / std::sqrt(order);
    variance += std::pow(alpha, order) * active * active;
    covariance += std::pow(alpha * c, order) * active * active;
    density_with_active += std::pow(alpha, order) * active * h[k] * g;
    both_with_active += std::pow(alpha, order) * active * both[k];
  }
  const TruncatedMoments m(tau, c);
  const double mean = 0.5 * tau * variance / (g * g) - density_with_active / (g * g);
  return -2 * m(0, 1) * mean - 2 * both_with_active / g +
         g * m.at_threshold(1) * variance / (g * g) + m(0, 0) * covariance / (g * g);
}

TEST(ThresholdBias, OfCorrelatedReceiversIsItsHermiteSeries) {
  // Box of 2: both neighbours have A = 1/2; of 3: 2/3, 1/3 twice. (2/3)^60 is 3e-11.
  for (const double f : {.1, .3, .7}) {
    const double tau = tau_of(f);
    const NeuronResponse response{.tau = tau, .rule = ThresholdRule::quantile};
    for (const double c : {-.6, 0.0, .5, .9}) {
      const double plain = same_product(ThresholdBias(response), response, c);
      const double two = same_product(ThresholdBias(response, LateralFilter::box(2)), response, c);
      EXPECT_NEAR(two - plain, 2 * neighbours_part(tau, c, .5), 1e-9) << f << " " << c;
      const double three =
          same_product(ThresholdBias(response, LateralFilter::box(3)), response, c);
      EXPECT_NEAR(three - plain,
                  2 * neighbours_part(tau, c, 2. / 3) + 2 * neighbours_part(tau, c, 1. / 3), 1e-9)
          << f << " " << c;
    }
  }
}

/// h = √(1−m/n) x + √(m/n) y with y common to the layer: a quantile follows y, so that Ĝ is (1−m/n)
/// times that of x.
TEST(ThresholdBias, OfUniformReceiversIsTheLostVariance) {
  const double m = 5;
  for (const double f : {.1, .3, .7}) {
    const NeuronResponse response{.tau = tau_of(f), .rule = ThresholdRule::quantile};
    const ThresholdBias plain(response);
    const ThresholdBias uniform(response, LateralFilter::uniform(m));
    for (const double c : {-.6, 0.0, .5, 1.0}) {
      const TruncatedMoments moments(response.tau, c);
      EXPECT_NEAR(same_product(uniform, response, c) - same_product(plain, response, c),
                  -m * moments(1, 1), 1e-12);
    }
  }
}

TEST(ThresholdBias, OfStandardDeviationsGrowsWithSquaredCorrelations) {
  const NeuronResponse response{.tau = tau_of(.2), .rule = ThresholdRule::std};
  const double plain = same_product(ThresholdBias(response), response, .4);
  const double filtered =
      same_product(ThresholdBias(response, LateralFilter::box(3)), response, .4);
  EXPECT_NEAR(filtered, (1 + 10. / 9) * plain, 1e-15);
}

}  // namespace
}  // namespace wideproof::theory
