// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/gram_noise.hpp>

#include <wideproof/theory/kernels/autocorrelation.hpp>

namespace wideproof::theory {
namespace {

/// Σ [CC + CC] with the values' covariance C, whose eigenvectors are the sum and the difference.
PairCovariance degenerate_part(const NeuronFeatures& features) {
  const double of_difference = features.drop;
  const double of_sum = 2 * features.own(value, value) - of_difference;
  return {.norm = 0.5 * (of_sum * of_sum + of_difference * of_difference),
          .norm_distance = of_difference * of_difference,
          .distance = 2 * of_difference * of_difference,
          .contrast = of_sum * of_difference};
}

double relative(const NeuronFeatures& one, const PairCovariance& noise, double degree) {
  const double entry = one.mean_square + degree * one.mean_value * one.mean_value;
  return noise.norm / (entry * entry);
}

}  // namespace

PairCovariance influence_covariance(const NeuronFeatures& features, double degree) {
  const Eigen::Vector3d w(0.5, degree * features.mean_value,
                          -features.mean_value * (1 + degree * features.active_fraction));
  const Eigen::Matrix3d sums = features.sums();
  const double missed = features.missed;
  const auto& with_sums = features.distance_with_sums;
  return {.norm = w.dot(sums * w),
          .norm_distance = w.dot(with_sums) - missed * sums.row(threshold).dot(w),
          .distance = features.distance_variance - 2 * missed * with_sums(threshold) +
                      missed * missed * sums(threshold, threshold),
          .contrast = w.dot(features.differences * w)};
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

PairCovariance GramNoise::gram(const NeuronFeatures& features) const {
  return long_run_ ? (*long_run_)(features) : influence_covariance(features, 0.0);
}

PairCovariance GramNoise::next(const NeuronFeatures& features) const {
  if (long_run_) return (*long_run_)(features);
  PairCovariance noise = influence_covariance(features, degree_);
  noise += squared_others_ * degenerate_part(features);
  return noise;
}

double GramNoise::plain_relative_variance() const {
  const NeuronFeatures one(response_, 0.0);
  return relative(one, influence_covariance(one, 0.0), 0.0);
}

double GramNoise::gram_relative_variance() const {
  const NeuronFeatures one(response_, 0.0);
  return relative(one, gram(one), 0.0);
}

double GramNoise::next_relative_variance() const {
  const NeuronFeatures one(response_, 0.0);
  return relative(one, next(one), degree_);
}

}  // namespace wideproof::theory
