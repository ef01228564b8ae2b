// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/threshold_bias.hpp>

#include <cmath>
#include <numbers>

#include <boost/math/quadrature/gauss.hpp>
#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/lost_correlation.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

/// L_τ(α) − L_τ(αc)
double lost_activity(double tau, double alpha, double delta) {
  return 0.5 * std::numbers::inv_pi * over_lost_correlation(alpha, delta, [&](double rho, double) {
           return std::exp(-tau * tau / (1 + rho));
         });
}

/// E[(w−x)₊]
double mean_above(double x) {
  return normal_density(x) - x * normal_tail(x);
}

}  // namespace

ThresholdBias::ThresholdBias(const NeuronResponse& response,
                             const model::LateralFilter& postsynaptic)
    : response_(response), squared_sum_(1.0), uniform_degree_(0.0) {
  const Autocorrelation a(postsynaptic);
  squared_sum_ = a.squared_sum();
  if (a.is_uniform()) uniform_degree_ = a.degree();
  if (response.is_quantile()) {
    neighbours_ = a.others_by_value();
    if (!neighbours_.empty()) set_nodes();
  }
  error_ = error();
}

double ThresholdBias::weight_at(double u) const {
  const double tau = response_.tau;
  const double f = normal_tail(tau);
  double excess = 0;
  for (const auto& [alpha, count] : neighbours_) {
    const double spread = std::sqrt((1 - alpha) * (1 + alpha));
    excess += count * (normal_tail((tau - alpha * u) / spread) - f);
  }
  return normal_density(u) * excess;
}

void ThresholdBias::set_nodes() {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  // Near τ the conditional probability changes over √(1−α²), however close α is to 1.
  const double edges[] = {0, .003, .01, .03, .1, .3, 1, 2, 3, 4.5, 6, 8, 10};
  for (std::size_t i = 0; i + 1 < std::size(edges); ++i) {
    const double half = 0.5 * (edges[i + 1] - edges[i]);
    for (std::size_t j = 0; j < Gauss::abscissa().size(); ++j) {
      for (const double side : {-1.0, 1.0}) {
        const double u = response_.tau + edges[i] + half * (1 + side * Gauss::abscissa()[j]);
        nodes_.push_back({u, half * Gauss::weights()[j] * weight_at(u)});
      }
    }
  }
}

ThresholdBias::Error ThresholdBias::error() const {
  const double tau = response_.tau;
  const double f = normal_tail(tau);
  const double g = normal_density(tau);
  const double mean = g - tau * f;
  if (response_.is_std()) {
    const double half = 0.5 * squared_sum_ * tau;
    return {-0.5 * half, half * tau, half * tau * g, half * g, half * g};
  }
  double variance = f * (1 - f) / (g * g) + uniform_degree_;
  double density_with_active = uniform_degree_ * tau * g;
  const ThresholdedReluKernel kernel(tau);
  for (const auto& [alpha, count] : neighbours_) {
    variance += count * (kernel.derivative(alpha) - f * f) / (g * g);
    density_with_active += count * (normal_tail(tau * std::sqrt((1 - alpha) / (1 + alpha))) - f);
  }
  double neighbours = uniform_degree_ * g * f;
  for (const auto& [u, weight] : nodes_) neighbours += weight * (u - tau);
  return {.mean = (2 * f - 1) / g + 0.5 * tau * variance - density_with_active / g,
          .variance = variance,
          .with_active = f * (1 - f) / g,
          .with_value = mean * (1 - f) / g,
          .with_own_value = (mean * (1 - f) + neighbours) / g};
}

ThresholdBias::Change ThresholdBias::change_of_std(const DifferenceMoments& m) const {
  const double tau = response_.tau;
  const double half = 0.5 * squared_sum_ * tau;
  return {.variance = half * tau * m.squared_sine(),
          .with_value = half * m.density() * m.squared_sine(),
          .with_both = half * (0.5 * m.square_with_values() + 2 * tau * m.drop() +
                               (tau * tau - 1) * m.alone(1))};
}

ThresholdBias::Change ThresholdBias::change_of_quantile(const DifferenceMoments& m) const {
  const double f = m.single(0);
  const double g = m.density();
  const double delta = m.delta();
  double activity = m.alone(0);
  for (const auto& [alpha, count] : neighbours_) {
    activity += count * lost_activity(response_.tau, alpha, delta);
  }
  double neighbours = uniform_degree_ * g * (m.curvature() + delta * m.both_active());
  if (!nodes_.empty()) neighbours += lost_with_neighbours(delta);
  return {.variance = activity / (g * g) + uniform_degree_ * delta,
          .with_value = m.alone(1) / g,
          .with_both = (m.alone(1) * (1 - f) + neighbours) / g};
}

/// Σ_{δ≠0} Cov(1_a(φ_a − φ_b), 1(u_δ>τ)), given u that of ∫_τ^∞ W(u) [δu − r E(w−x)₊] du with
/// x = ((1−δ)u − τ)/r and r² = δ(2−δ).
double ThresholdBias::lost_with_neighbours(double delta) const {
  using Gauss = boost::math::quadrature::gauss<double, 30>;
  constexpr double resolved = 0.01;  // by the nodes
  const double tau = response_.tau;
  const double r = std::sqrt(delta * (2 - delta));
  double sum = 0;
  for (const auto& [u, weight] : nodes_) sum += weight * delta * u;
  if (r == 0) {
    for (const auto& [u, weight] : nodes_) sum -= weight * std::fmax(0.0, tau - (1 - delta) * u);
  } else if (r > resolved) {
    for (const auto& [u, weight] : nodes_) {
      sum -= weight * r * mean_above(((1 - delta) * u - tau) / r);
    }
  } else {
    const double shift = tau * r / (2 - delta);
    sum -=
        r * r *
        Gauss::integrate(
            [&](double z) { return weight_at(tau + r * z) * mean_above((1 - delta) * z - shift); },
            0.0, 10.0);
  }
  return sum;
}

ThresholdBias::Bias ThresholdBias::operator()(const NeuronFeatures& features) const {
  if (!response_.is_quantile() && !response_.is_std()) return {};
  const DifferenceMoments& m = *features.moments;
  const double f = m.single(0);
  const double mean = m.single(1);
  const double g = m.density();
  const Error& e = error_;
  const Change change = response_.is_quantile() ? change_of_quantile(m) : change_of_std(m);
  Bias bias;
  bias.same.norm = -2 * mean * e.mean - 2 * e.with_own_value + f * e.variance;
  bias.same.distance = -2 * m.alone(1) * e.mean - 2 * change.with_both +
                       m.curvature() * e.variance + m.both_active() * change.variance;
  bias.two.norm = -2 * f * mean * e.mean - 2 * (mean * e.with_active + f * e.with_value) +
                  g * mean * e.variance + f * f * e.variance;
  bias.two.distance = -2 * f * change.with_value + f * f * change.variance;
  return bias;
}

}  // namespace wideproof::theory
