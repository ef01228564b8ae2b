// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/layer_average.hpp>

#include <cmath>

#include <wideproof/theory/dimension/quenched_response.hpp>

namespace wideproof::theory {
namespace {

/// The half of symmetric nodes above 0, for the means of even functions.
NormalNodes folded(const NormalNodes& nodes) {
  const auto half = nodes.x.size() / 2;
  NormalNodes upper{Eigen::ArrayXd(half), Eigen::ArrayXd(half), Eigen::ArrayXd(half)};
  Eigen::Index k = 0;
  for (Eigen::Index i = 0; i < nodes.x.size(); ++i) {
    if (nodes.x(i) <= 0) continue;
    upper.x(k) = nodes.x(i);
    upper.offsets(k) = nodes.offsets(i);
    upper.weights(k++) = 2 * nodes.weights(i);
  }
  return upper;
}

}  // namespace

FieldNodes field_nodes(model::Activation activation, double variance, double field_square,
                       double threshold) {
  if (field_square == 0) {
    return {Eigen::ArrayXd::Zero(1), Eigen::ArrayXd::Ones(1),
            Eigen::ArrayXd::Constant(1, -threshold)};
  }
  const double field_root = std::sqrt(field_square);
  const double bend = (is_odd(activation) ? 1 : 0) + std::sqrt(variance);
  auto nodes = normal_nodes({{threshold / field_root, bend / field_root}});
  if (is_odd(activation)) nodes = folded(nodes);
  return {nodes.x, nodes.weights, field_root * nodes.offsets};
}

LayerAverage layer_average(model::Activation activation, double tau, double variance,
                           double field_square) {
  const double threshold =
      model::is_thresholded(activation) ? tau * std::sqrt(variance + field_square) : 0.0;
  const auto nodes = field_nodes(activation, variance, field_square, threshold);
  LayerAverage average;
  double ratio = 0;
  double ratio_square = 0;
  double growth = 0;
  for (Eigen::Index k = 0; k < nodes.z.size(); ++k) {
    const double z = nodes.z(k);
    const double w = nodes.weights(k);
    const auto one = quenched_response(activation, variance, nodes.mean_fields(k));
    average.mean += w * one.mean;
    average.mean_square += w * one.mean * one.mean;
    ratio += w * one.variance_ratio;
    ratio_square += w * one.variance_ratio * one.variance_ratio;
    average.slope += w * one.slope;
    average.slope_square += w * one.slope * one.slope;
    growth += 2 * w * one.slope * one.slope_growth;
    average.curvature += w * one.slope * one.slope * (z * z - 1);
    average.coupling += w * one.mean * one.slope * z;
  }
  if (is_odd(activation)) average.mean = 0;
  average.variance = variance * ratio;
  average.square_ratio = ratio_square / ratio / ratio;
  average.eta = average.slope_square / ratio;
  average.slope_growth = growth / average.slope_square;
  average.curvature = field_square == 0 ? 0 : average.curvature / (2 * field_square);
  average.coupling = field_square == 0 ? 0 : average.coupling / std::sqrt(field_square);
  return average;
}

}  // namespace wideproof::theory
