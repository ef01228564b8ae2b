// SPDX-License-Identifier: MIT
#include <wideproof/theory/threshold_bias.hpp>

#include <wideproof/theory/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

/// Moments of the threshold's error and its covariances with one neuron's 1_a, φ_b and 1_aφ_b.
struct ThresholdError {
  double mean, variance, covariance;
  double with_active, with_value, with_both;
};

ThresholdError error_of_quantile(const TruncatedMoments& m) {
  const double f = m.single(0);
  const double g = m.density();
  const double variance = f * (1 - f) / (g * g);
  return {.mean = (2 * f - 1) / g + 0.5 * m.tau() * variance,
          .variance = variance,
          .covariance = (m(0, 0) - f * f) / (g * g),
          .with_active = f * (1 - f) / g,
          .with_value = (m(0, 1) - f * m.single(1)) / g,
          .with_both = m(0, 1) * (1 - f) / g};
}

ThresholdError error_of_std(const TruncatedMoments& m) {
  const double tau = m.tau();
  const double variance = 0.5 * tau * tau;
  return {.mean = -0.25 * tau,
          .variance = variance,
          .covariance = variance * m.correlation() * m.correlation(),
          .with_active = 0.5 * tau * (m.square_times_own(0) - m.single(0)),
          .with_value = 0.5 * tau * (m.square_times_other(1) - m.single(1)),
          .with_both = 0.5 * tau * (m.square_times(0, 1) - m(0, 1))};
}

}  // namespace

ThresholdBias::ThresholdBias(const NeuronResponse& response, double c)
    : same(Eigen::Vector3d::Zero()), two(Eigen::Vector3d::Zero()) {
  if (!response.is_quantile() && !response.is_std()) return;
  const double cosines[] = {1.0, c, 1.0};
  for (int entry = 0; entry < 3; ++entry) {
    const TruncatedMoments m(response.tau, cosines[entry]);
    const auto error = response.is_quantile() ? error_of_quantile(m) : error_of_std(m);
    const double f = m.single(0);
    const double mean = m.single(1);
    same(entry) = -2 * m(0, 1) * error.mean - 2 * error.with_both +
                  m.density() * m.at_threshold(1) * error.variance + m(0, 0) * error.covariance;
    two(entry) = -2 * f * mean * error.mean -
                 2 * (mean * error.with_active + f * error.with_value) +
                 m.density() * mean * error.variance + f * f * error.covariance;
  }
}

}  // namespace wideproof::theory
