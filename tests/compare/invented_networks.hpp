// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/model/dimension/dimension_measurement.hpp>
#include <wideproof/model/dimension/dimension_prediction.hpp>

namespace wideproof::compare::testing {

/// Networks that nobody sampled, their dimensionalities of a known law. With y_l = 1/D̃ of layer l
/// in the limit, x = 1/N^power, and K² = `square_of_variance`,
///
///   E[1/D̃ of one network] = y_l (1 + l/L (first x + second x²)),   E[NΣ] = K² (E[1/D̃] − 1)
///
/// One network's 1/D̃ is that times a log-normal number of mean 1 whose logarithm has the standard
/// deviation spread/√N and, from layer to layer, the correlation `shared`; its NΣ follows its 1/D̃
/// but for a log-normal factor of a tenth of that deviation.
struct InventedNetworks {
  /// Zhou and Huang's D̃ for tanh, g = 1.5, white inputs; by default r = 0.
  std::vector<double> dimensionalities = {.5646, .4007, .3155, .2640, .2298, .2058, .1881, .1747};
  std::vector<std::int64_t> widths = {256, 512, 1024, 2048, 4096};
  std::int64_t networks = 50;
  double power = 1.0;
  double first = 20.0;
  double second = 0.0;
  double spread = 1.6;
  double shared = 0.9;
  double square_of_variance = 0.1243;
  bool has_strengths = true;

  std::size_t depth() const { return dimensionalities.size(); }
};

/// Correlated synapses, r = 1.
inline InventedNetworks with_correlated_synapses() {
  InventedNetworks law;
  law.dimensionalities = {.3934, .2506, .1873, .1521, .1298, .1147, .1038, .0957};
  law.power = 0.5;
  law.first = -2.0;
  law.second = 4.0;
  return law;
}

/// What is true of them.
inline model::DimensionPrediction truth_of(const InventedNetworks& law) {
  model::DimensionPrediction prediction;
  for (const double d : law.dimensionalities)
    prediction.layers.push_back(
        {d, law.square_of_variance * (1.0 / d - 1.0), std::sqrt(law.square_of_variance)});
  return prediction;
}

/// What would be true if 1/D̃ − 1 were `factor` times as large. Near the fixed point of σ_b = 0,
/// D̃* = (1 − η²)/(1 + η²r²): r off by 10% at r = 1 makes 1/D̃* 9.9% larger (η = .943).
inline model::DimensionPrediction predicted_off_by(const InventedNetworks& law, double factor) {
  model::DimensionPrediction prediction = truth_of(law);
  for (model::LayerDimension& at : prediction.layers) {
    at.dimensionality = 1.0 / (1.0 + factor * (1.0 / at.dimensionality - 1.0));
    at.correlation_strength *= factor;
  }
  return prediction;
}

inline model::DimensionMeasurement draw_dimensions(const InventedNetworks& law,
                                                   boost::random::mt19937_64& rng) {
  boost::random::normal_distribution<double> normal;
  const auto log_normal = [](double noise, double deviation) {
    return std::exp(deviation * noise - 0.5 * deviation * deviation);
  };
  const auto layers = static_cast<Eigen::Index>(law.depth());
  model::DimensionMeasurement measured;
  for (const std::int64_t width : law.widths) {
    const double x = std::pow(static_cast<double>(width), -law.power);
    const double deviation = law.spread / std::sqrt(static_cast<double>(width));
    model::WidthDimensions at{width, Eigen::MatrixXd(law.networks, layers),
                              Eigen::MatrixXd(law.networks, law.has_strengths ? layers : 0)};
    for (Eigen::Index r = 0; r < law.networks; ++r) {
      double noise = normal(rng);
      for (Eigen::Index l = 0; l < layers; ++l) {
        if (l > 0)
          noise = law.shared * noise + std::sqrt(1.0 - law.shared * law.shared) * normal(rng);
        const double depth = static_cast<double>(l + 1) / static_cast<double>(layers);
        const double mean = (1.0 + depth * (law.first * x + law.second * x * x)) /
                            law.dimensionalities[static_cast<std::size_t>(l)];
        const double inverse = mean * log_normal(noise, deviation);
        at.inverse_dimensionality(r, l) = inverse;
        const double own = normal(rng);
        if (law.has_strengths)
          at.correlation_strength(r, l) =
              law.square_of_variance * (inverse - 1.0) * log_normal(own, 0.1 * deviation);
      }
    }
    measured.push_back(at);
  }
  return measured;
}

inline model::DimensionMeasurement draw_dimensions(const InventedNetworks& law,
                                                   std::uint64_t seed) {
  boost::random::mt19937_64 rng(seed);
  return draw_dimensions(law, rng);
}

/// Networks that all show the same: D̃ = 1 and no correlation, as exactly orthogonal synapses do of
/// white inputs.
inline model::DimensionMeasurement orthogonal_networks(Eigen::Index layers = 3,
                                                       Eigen::Index networks = 20) {
  model::DimensionMeasurement measured;
  for (const std::int64_t width : {256, 512, 1024, 2048})
    measured.push_back(
        {width, Eigen::MatrixXd::Ones(networks, layers), Eigen::MatrixXd::Zero(networks, layers)});
  return measured;
}

}  // namespace wideproof::compare::testing
