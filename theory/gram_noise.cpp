// SPDX-License-Identifier: MIT
#include <wideproof/theory/gram_noise.hpp>

#include <wideproof/theory/autocorrelation.hpp>
#include <wideproof/theory/thresholded_relu_kernel.hpp>

namespace wideproof::theory {
namespace {

/// The inputs of each PairEntry, as features.
constexpr int inputs_of[3][2] = {{value_a, value_a}, {value_a, value_b}, {value_b, value_b}};

Eigen::Matrix3d covariance_of(const Eigen::Matrix<double, 3, 7>& influence,
                              const NeuronFeatures& features) {
  return influence * features.covariance * influence.transpose();
}

double relative(const NeuronResponse& response, const Eigen::Matrix3d& noise, double degree) {
  const auto mean = NeuronFeatures(response, 1.0).mean;
  const double entry = mean(square_a) + degree * mean(value_a) * mean(value_a);
  return noise(entry_aa, entry_aa) / (entry * entry);
}

}  // namespace

Eigen::Matrix<double, 3, 7> gram_influence(const NeuronResponse& response, double c,
                                           double degree) {
  Eigen::Matrix<double, 3, 7> influence = Eigen::Matrix<double, 3, 7>::Zero();
  influence(entry_aa, square_a) = influence(entry_ab, product_ab) = 1;
  influence(entry_bb, square_b) = 1;
  if (response.linear) return influence;
  const ThresholdedReluKernel kernel(response.tau);
  const double mean = kernel.mean();
  const double others = degree * mean;
  const double cosines[] = {1.0, c, 1.0};
  for (int entry = 0; entry < 3; ++entry) {
    for (const int value : inputs_of[entry]) {
      const int threshold = value == value_a ? threshold_a : threshold_b;
      influence(entry, value) += others;
      influence(entry, threshold) -=
          kernel.step_times_relu(cosines[entry]) + others * kernel.active_fraction();
    }
  }
  return influence;
}

GramNoise::GramNoise(const model::Network& network, const NeuronResponse& response,
                     std::ptrdiff_t evaluations)
    : response_(response),
      degree_(Autocorrelation(network.presynaptic()).degree()),
      squared_others_(Autocorrelation(network.presynaptic()).squared_sum() - 1) {
  if (!Autocorrelation(network.postsynaptic()).is_delta()) {
    long_run_ = std::make_unique<LongRunCovariance>(network.postsynaptic(), response, evaluations);
  }
}

Eigen::Matrix3d GramNoise::gram(double c) const {
  if (long_run_) return (*long_run_)(c);
  return covariance_of(gram_influence(response_, c, 0.0), NeuronFeatures(response_, c));
}

Eigen::Matrix3d GramNoise::next(double c) const {
  if (long_run_) return (*long_run_)(c);
  const NeuronFeatures features(response_, c);
  Eigen::Matrix3d noise = covariance_of(gram_influence(response_, c, degree_), features);
  const auto& covariance = features.covariance;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      const auto [a, b] = inputs_of[i];
      const auto [p, q] = inputs_of[j];
      noise(i, j) += squared_others_ *
                     (covariance(a, p) * covariance(b, q) + covariance(a, q) * covariance(b, p));
    }
  }
  return noise;
}

double GramNoise::plain_relative_variance() const {
  const auto influence = gram_influence(response_, 1.0, 0.0);
  return relative(response_, covariance_of(influence, NeuronFeatures(response_, 1.0)), 0.0);
}

double GramNoise::gram_relative_variance() const {
  return relative(response_, gram(1.0), 0.0);
}

double GramNoise::next_relative_variance() const {
  return relative(response_, next(1.0), degree_);
}

}  // namespace wideproof::theory
