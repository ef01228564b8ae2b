// SPDX-License-Identifier: MIT
#include <wideproof/theory/neuron_features.hpp>

#include <algorithm>

#include <wideproof/theory/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

/// Powers of φ_a and φ_b in the first five features.
constexpr int powers[5][2] = {{2, 0}, {1, 1}, {0, 2}, {1, 0}, {0, 1}};

/// E[φ_a^p φ_b^q], a power of 0 leaving its input unrestricted.
double moment(const TruncatedMoments& m, int p, int q) {
  if (p == 0 && q == 0) return 1;
  if (p == 0) return m.single(q);
  return q == 0 ? m.single(p) : m(p, q);
}

/// E[1(u_a>τ) φ_a^p φ_b^q]
double active_moment(const TruncatedMoments& m, int p, int q) {
  return q == 0 ? m.single(p) : m(p, q);
}

/// E[u_a² φ_a^p φ_b^q]
double square_moment(const TruncatedMoments& m, int p, int q) {
  if (p == 0) return m.square_times_other(q);
  return q == 0 ? m.square_times_own(p) : m.square_times(p, q);
}

/// E[IF(u_a) φ_a^p φ_b^q]
double influence_moment(const NeuronResponse& response, const TruncatedMoments& m, int p, int q) {
  if (response.is_quantile()) {
    return (active_moment(m, p, q) - m.single(0) * moment(m, p, q)) / m.density();
  }
  if (response.is_std()) {
    return 0.5 * response.tau * (square_moment(m, p, q) - moment(m, p, q));
  }
  return 0;
}

void set_rectified(const NeuronResponse& response, double c, NeuronFeatures& features) {
  const TruncatedMoments m(response.tau, c);
  auto& mean = features.mean;
  auto& covariance = features.covariance;
  for (int i = 0; i < 5; ++i) mean(i) = moment(m, powers[i][0], powers[i][1]);
  for (int i = 0; i < 5; ++i) {
    const auto [p, q] = powers[i];
    for (int j = 0; j < 5; ++j) {
      covariance(i, j) = moment(m, p + powers[j][0], q + powers[j][1]) - mean(i) * mean(j);
    }
    covariance(i, threshold_a) = influence_moment(response, m, p, q);
    covariance(i, threshold_b) = influence_moment(response, m, q, p);
    covariance(threshold_a, i) = covariance(i, threshold_a);
    covariance(threshold_b, i) = covariance(i, threshold_b);
  }
  double own = 0;
  double cross = 0;
  if (response.is_quantile()) {
    const double f = m.single(0);
    const double scale = 1 / (m.density() * m.density());
    own = f * (1 - f) * scale;
    cross = (m(0, 0) - f * f) * scale;
  } else if (response.is_std()) {
    own = 0.5 * response.tau * response.tau;
    cross = own * c * c;
  }
  covariance(threshold_a, threshold_a) = covariance(threshold_b, threshold_b) = own;
  covariance(threshold_a, threshold_b) = covariance(threshold_b, threshold_a) = cross;
}

void set_linear(double c, NeuronFeatures& features) {
  features.mean << 1, c, 1, 0, 0, 0, 0;
  features.covariance.setZero();
  features.covariance.topLeftCorner<3, 3>() << 2, 2 * c, 2 * c * c,  //
      2 * c, 1 + c * c, 2 * c,                                       //
      2 * c * c, 2 * c, 2;
  features.covariance.block<2, 2>(value_a, value_a) << 1, c, c, 1;
}

}  // namespace

NeuronFeatures::NeuronFeatures(const NeuronResponse& response, double c)
    : mean(FeatureVector::Zero()), covariance(FeatureMatrix::Zero()) {
  c = std::clamp(c, -1.0, 1.0);
  if (response.linear) {
    set_linear(c, *this);
  } else {
    set_rectified(response, c, *this);
  }
}

}  // namespace wideproof::theory
