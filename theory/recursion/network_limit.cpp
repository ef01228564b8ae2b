// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/network_limit.hpp>

#include <cmath>

#include <wideproof/theory/recursion/correlation_map.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {

model::Prediction network_limit(const model::Network& network) {
  return predict(network, Eigen::MatrixXd::Ones(1, 1));
}

model::MapConstants map_constants(const model::Network& network) {
  const auto map = correlation_map(network);
  if (!map) return {};
  return {map->fixed_point(), map->slope_at_one()};
}

std::vector<std::pair<double, double>> critical_degrees(const model::Network& network, double low,
                                                        double high) {
  constexpr int steps = 200;
  std::vector<std::pair<double, double>> curve;
  for (int i = 0; i <= steps; ++i) {
    auto options = network.options();
    options.active_fraction = low * std::pow(high / low, double(i) / steps);
    const auto critical = network_limit(model::Network(options)).critical_degree_of_correlation;
    if (critical) curve.emplace_back(options.active_fraction, *critical);
  }
  return curve;
}

}  // namespace wideproof::theory
