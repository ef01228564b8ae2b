// SPDX-License-Identifier: MIT
#include <wideproof/theory/threshold_bias.hpp>

#include <algorithm>
#include <cmath>

#include <boost/math/quadrature/gauss.hpp>
#include <wideproof/theory/autocorrelation.hpp>
#include <wideproof/theory/normal_tail.hpp>
#include <wideproof/theory/thresholded_relu_kernel.hpp>

namespace wideproof::theory {

ThresholdBias::ThresholdBias(const NeuronResponse& response,
                             const model::LateralFilter& postsynaptic)
    : response_(response), squared_sum_(1.0), uniform_degree_(0.0), at_one_(0.0, 0.0) {
  const Autocorrelation a(postsynaptic);
  squared_sum_ = a.squared_sum();
  if (a.is_uniform()) uniform_degree_ = a.degree();
  if (response.is_quantile()) {
    neighbours_ = a.others_by_value();
    if (!neighbours_.empty()) set_nodes();
  }
  at_one_ = entry(1.0);
}

void ThresholdBias::set_nodes() {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  // Near τ the conditional probability changes over √(1−α²), however close α is to 1.
  const double edges[] = {0, .003, .01, .03, .1, .3, 1, 2, 3, 4.5, 6, 8, 10};
  const double tau = response_.tau;
  const double f = normal_tail(tau);
  for (std::size_t i = 0; i + 1 < std::size(edges); ++i) {
    const double half = 0.5 * (edges[i + 1] - edges[i]);
    for (std::size_t j = 0; j < Gauss::abscissa().size(); ++j) {
      for (const double side : {-1.0, 1.0}) {
        const double u = tau + edges[i] + half * (1 + side * Gauss::abscissa()[j]);
        double excess = 0;
        for (const auto& [alpha, count] : neighbours_) {
          const double spread = std::sqrt((1 - alpha) * (1 + alpha));
          excess += count * (normal_tail((tau - alpha * u) / spread) - f);
        }
        nodes_.push_back({u, half * Gauss::weights()[j] * normal_density(u) * excess});
      }
    }
  }
}

ThresholdBias::Error ThresholdBias::error_of_std(const TruncatedMoments& m) const {
  const double tau = m.tau();
  const double variance = 0.5 * squared_sum_ * tau * tau;
  const double half = 0.5 * squared_sum_ * tau;
  return {.mean = -0.5 * half,
          .variance = variance,
          .covariance = variance * m.correlation() * m.correlation(),
          .with_active = half * (m.square_times_own(0) - m.single(0)),
          .with_value = half * (m.square_times_other(1) - m.single(1)),
          .with_both = half * (m.square_times(0, 1) - m(0, 1))};
}

ThresholdBias::Error ThresholdBias::error_of_quantile(const TruncatedMoments& m) const {
  const double tau = m.tau();
  const double c = m.correlation();
  const double f = m.single(0);
  const double g = m.density();
  double variance = f * (1 - f) / (g * g) + uniform_degree_;
  double covariance = (m(0, 0) - f * f) / (g * g) + uniform_degree_ * c;
  double density_with_active = uniform_degree_ * tau * g;
  const ThresholdedReluKernel kernel(tau);
  for (const auto& [alpha, count] : neighbours_) {
    variance += count * (kernel.derivative(alpha) - f * f) / (g * g);
    covariance += count * (kernel.derivative(alpha * c) - f * f) / (g * g);
    density_with_active += count * (normal_tail(tau * std::sqrt((1 - alpha) / (1 + alpha))) - f);
  }
  double both_with_active = uniform_degree_ * g * (g * m.at_threshold(1) + c * m(0, 0));
  const double r = std::sqrt((1 - c) * (1 + c));
  for (const auto& [u, weight] : nodes_) {
    const double lead = c * u - tau;
    const double value =
        r == 0 ? std::max(lead, 0.0) : r * normal_density(lead / r) + lead * normal_tail(-lead / r);
    both_with_active += weight * value;
  }
  return {.mean = (2 * f - 1) / g + 0.5 * tau * variance - density_with_active / g,
          .variance = variance,
          .covariance = covariance,
          .with_active = f * (1 - f) / g,
          .with_value = (m(0, 1) - f * m.single(1)) / g,
          .with_both = (m(0, 1) * (1 - f) + both_with_active) / g};
}

Eigen::Vector2d ThresholdBias::entry(double c) const {
  if (!response_.is_quantile() && !response_.is_std()) return {0.0, 0.0};
  const TruncatedMoments m(response_.tau, c);
  const Error error = response_.is_quantile() ? error_of_quantile(m) : error_of_std(m);
  const double f = m.single(0);
  const double mean = m.single(1);
  const double same = -2 * m(0, 1) * error.mean - 2 * error.with_both +
                      m.density() * m.at_threshold(1) * error.variance + m(0, 0) * error.covariance;
  const double two = -2 * f * mean * error.mean -
                     2 * (mean * error.with_active + f * error.with_value) +
                     m.density() * mean * error.variance + f * f * error.covariance;
  return {same, two};
}

ThresholdBias::Entries ThresholdBias::operator()(double c) const {
  const Eigen::Vector2d pair = c == 1 ? at_one_ : entry(c);
  return {{at_one_(0), pair(0), at_one_(0)}, {at_one_(1), pair(1), at_one_(1)}};
}

}  // namespace wideproof::theory
