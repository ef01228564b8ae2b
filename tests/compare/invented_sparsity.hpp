// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/model/sparsity/sparsity_prediction.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>

namespace wideproof::compare::testing {

/// Networks that nobody sampled, their sparsity of a known law. Of layer l of L, with x = 1/n,
///
///   hoyer = h + (l/L)(bias x + second x²) + noise √(variance/n),   treves_rolls = (1 − hoyer)² +
///   e, lifetime likewise of its own limit, with noise that shares `shared` with hoyer's
///
/// where noise is normal and e what the mean of a square is off the square of the mean.
struct InventedSparsity {
  std::vector<double> hoyer = {.5744935339, .5744935339, .5744935339};  ///< f = .3
  double lifetime = .5139602252;
  double variance = .154459;  ///< n·Var
  std::vector<std::int64_t> widths = {256, 512, 1024, 2048};
  std::int64_t networks = 60;
  double bias = .4;
  double second = 0.0;
  double shared = 0.5;
  double skewness = 0.0;         ///< of the noise: that of the square of a normal number, mixed in
  double silent_networks = 0.0;  ///< share of networks without an active neuron, at width 256
};

inline model::SparsityPrediction truth_of(const InventedSparsity& law) {
  model::SparsityPrediction prediction;
  for (const double h : law.hoyer) {
    model::LayerSparsity layer;
    layer.hoyer = {h, law.variance, law.bias};
    layer.treves_rolls = {(1 - h) * (1 - h)};
    layer.lifetime = model::WideNumber{law.lifetime, law.variance};
    prediction.layers.push_back(layer);
  }
  return prediction;
}

inline model::SparsitySeries draw_sparsity(const InventedSparsity& law, std::uint64_t seed) {
  boost::random::mt19937_64 rng(seed);
  boost::random::normal_distribution<double> normal;
  const double mix = law.skewness;
  const auto noise = [&] {
    const double z = normal(rng);
    const double square = (std::pow(normal(rng), 2) - 1.0) / std::sqrt(2.0);
    return (z + mix * square) / std::sqrt(1.0 + mix * mix);
  };
  using Number = model::SparsityNumber;
  const auto layers = static_cast<std::int64_t>(law.hoyer.size());
  model::SparsitySeries series;
  for (const std::int64_t width : law.widths) {
    const double x = 1.0 / static_cast<double>(width);
    const double deviation = std::sqrt(law.variance * x);
    model::WidthSparsity at{width,
                            Eigen::MatrixXd::Zero(law.networks, layers * model::sparsity_numbers)};
    const double silent = law.silent_networks * std::pow(256.0 * x, 4);
    for (Eigen::Index r = 0; r < law.networks; ++r) {
      const bool is_silent = static_cast<double>(r) < silent * static_cast<double>(law.networks);
      for (std::int64_t layer = 1; layer <= layers; ++layer) {
        const auto set = [&](Number number, double value) {
          at.networks(r, model::sparsity_column(layer, number)) =
              is_silent ? std::numeric_limits<double>::quiet_NaN() : value;
        };
        const double depth = static_cast<double>(layer) / static_cast<double>(layers);
        const double away = depth * (law.bias * x + law.second * x * x);
        const double limit = law.hoyer[static_cast<std::size_t>(layer - 1)];
        const double own = noise();
        const double other = law.shared * own + std::sqrt(1.0 - law.shared * law.shared) * noise();
        const double hoyer = limit + away + deviation * own;
        set(Number::hoyer, hoyer);
        set(Number::treves_rolls, (1 - hoyer) * (1 - hoyer));
        set(Number::lifetime, law.lifetime + away + deviation * other);
      }
    }
    series.push_back(at);
  }
  return series;
}

}  // namespace wideproof::compare::testing
