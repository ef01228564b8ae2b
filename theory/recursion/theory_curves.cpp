// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/theory_curves.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/theory/recursion/correlation_map.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

constexpr std::int64_t points_on_a_circle = 180;
constexpr int steps_of_a_path = 12;

/// Correlation of each hidden layer's kernel for two inputs.
std::vector<double> kernel_correlations(const model::Prediction& theory, Eigen::Index a,
                                        Eigen::Index b) {
  std::vector<double> correlations;
  for (const auto& layer : theory.layers) {
    const auto& kernel = layer.preactivation;
    correlations.push_back(kernel(a, b) / std::sqrt(kernel(a, a) * kernel(b, b)));
  }
  return correlations;
}

/// By layer, for two inputs at each angle.
std::vector<model::TheoryCurve> kernel_against_angle(const model::Prediction& circle) {
  std::vector<model::TheoryCurve> curves;
  for (const auto& layer : circle.layers) {
    model::TheoryCurve curve{static_cast<std::int64_t>(curves.size()) + 1, {}, {}};
    for (Eigen::Index k = 0; 2 * k <= points_on_a_circle; ++k) {
      curve.x.push_back(360.0 * static_cast<double>(k) / points_on_a_circle);
      curve.y.push_back(layer.gram(0, k));
    }
    curves.push_back(std::move(curve));
  }
  return curves;
}

/// Each layer's map at the correlations that it sees on a circle, ascending.
std::vector<model::TheoryCurve> maps_by_layer(const model::Prediction& circle, std::size_t most) {
  std::vector<model::TheoryCurve> curves;
  for (std::size_t l = 0; l + 1 < std::min(circle.layers.size(), most + 1); ++l)
    curves.push_back({static_cast<std::int64_t>(l) + 1, {}, {}});
  for (Eigen::Index k = points_on_a_circle / 2; k >= 0; --k) {
    const auto correlations = kernel_correlations(circle, 0, k);
    for (std::size_t l = 0; l < curves.size(); ++l) {
      curves[l].x.push_back(correlations[l]);
      curves[l].y.push_back(correlations[l + 1]);
    }
  }
  return curves;
}

/// The pair of inputs whose cosine is nearest to 0.
std::optional<std::pair<Eigen::Index, Eigen::Index>> least_aligned(const Eigen::MatrixXd& cosines) {
  std::optional<std::pair<Eigen::Index, Eigen::Index>> best;
  for (Eigen::Index a = 0; a < cosines.rows(); ++a)
    for (Eigen::Index b = a + 1; b < cosines.cols(); ++b)
      if (!best || std::abs(cosines(a, b)) < std::abs(cosines(best->first, best->second)) - 1e-9)
        best = {a, b};
  return best;
}

}  // namespace

model::TheoryCurves theory_curves(const model::Experiment& experiment,
                                  const model::Prediction& theory) {
  model::TheoryCurves curves;
  const auto& network = experiment.network();
  const auto pair = least_aligned(theory.layers.front().preactivation);
  const bool on_a_circle = experiment.inputs().source == model::InputSpec::Source::circle &&
                           experiment.inputs().second == nullptr &&
                           experiment.compare().predicts_theory();
  const auto one_map = correlation_map(network);
  if (on_a_circle || !one_map) {
    const auto circle = predict(network, model::circle_inputs(points_on_a_circle).deficits());
    if (on_a_circle) curves.kernel = kernel_against_angle(circle);
    if (!one_map) curves.map = maps_by_layer(circle, 3);
  }
  if (one_map) {
    model::TheoryCurve curve;
    for (int i = -100; i <= 100; ++i) {
      curve.x.push_back(0.01 * i);
      curve.y.push_back((*one_map)(curve.x.back()));
    }
    curves.map.push_back(std::move(curve));
    if (pair) {
      curves.iterates.push_back(theory.layers.front().preactivation(pair->first, pair->second));
      for (int i = 0; i < steps_of_a_path; ++i)
        curves.iterates.push_back((*one_map)(curves.iterates.back()));
    }
  } else if (pair) {
    curves.iterates = kernel_correlations(theory, pair->first, pair->second);
  }
  return curves;
}

}  // namespace wideproof::theory
