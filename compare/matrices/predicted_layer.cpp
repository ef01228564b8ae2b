// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/predicted_layer.hpp>

#include <cassert>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

constexpr double symmetry_tolerance = 1e-6;

/// By how much a correlation may exceed 1: matrices come in float32, or with six digits.
constexpr double largest_excess = 1e-5;

constexpr double largest_mean_square = 0x1p450;

PredictedLayer predicted_layer(const Eigen::MatrixXd& gram, std::size_t layer) {
  const auto fail = [layer](const std::string& reason) {
    throw model::InputError(fmt::format("compare.prediction, layer {}: {}", layer, reason));
  };
  if (gram.rows() != gram.cols() || gram.rows() == 0)
    fail(fmt::format("shape {} × {}: must be square, a row and a column for each input",
                     gram.rows(), gram.cols()));
  for (Eigen::Index a = 0; a < gram.rows(); ++a) {
    if (!std::isfinite(gram(a, a)) || gram(a, a) <= 0.0)
      fail(fmt::format("gram[{}][{}] = {}: a mean square must be positive and finite", a, a,
                       gram(a, a)));
    if (!(gram(a, a) >= 1.0 / largest_mean_square && gram(a, a) <= largest_mean_square))
      fail(fmt::format(
          "gram[{}][{}] = {}: a mean square must lie in [{:.2g}, {:.2g}], where doubles "
          "hold its square and the errors of that",
          a, a, gram(a, a), 1.0 / largest_mean_square, largest_mean_square));
  }
  const Eigen::VectorXd norm = gram.diagonal().cwiseSqrt();
  for (Eigen::Index a = 0; a < gram.rows(); ++a) {
    for (Eigen::Index b = 0; b < gram.cols(); ++b) {
      if (!std::isfinite(gram(a, b)))
        fail(fmt::format("gram[{}][{}] = {}: must be finite", a, b, gram(a, b)));
      if (std::abs(gram(a, b) - gram(b, a)) > symmetry_tolerance * norm[a] * norm[b])
        fail(fmt::format("gram[{}][{}] = {} but gram[{}][{}] = {}: must be symmetric", a, b,
                         gram(a, b), b, a, gram(b, a)));
      if (std::abs(gram(a, b)) > (1.0 + largest_excess) * norm[a] * norm[b])
        fail(
            fmt::format("gram[{}][{}] = {}: is a correlation of {:.6g} with gram[{}][{}] = {} and "
                        "gram[{}][{}] = {}, and must lie in [-1, 1]",
                        a, b, gram(a, b), gram(a, b) / (norm[a] * norm[b]), a, a, gram(a, a), b, b,
                        gram(b, b)));
    }
  }
  const Eigen::VectorXd inverse_norm = norm.cwiseInverse();
  PredictedLayer predicted;
  predicted.gram = gram;
  predicted.correlation = inverse_norm.asDiagonal() * gram * inverse_norm.asDiagonal();
  predicted.correlation.diagonal().setOnes();
  return predicted;
}

}  // namespace

std::vector<PredictedLayer> predicted_layers(const std::vector<Eigen::MatrixXd>& grams) {
  std::vector<PredictedLayer> layers;
  layers.reserve(grams.size());
  for (const Eigen::MatrixXd& gram : grams)
    layers.push_back(predicted_layer(gram, layers.size() + 1));
  return layers;
}

void describe_pairs(const model::Prediction& network, std::vector<PredictedLayer>& layers) {
  assert(network.layers.size() == layers.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    layers[i].preactivation_deficit = network.layers[i].preactivation_deficit;
    layers[i].deficit = network.layers[i].deficit;
    layers[i].separating_fraction = network.layers[i].separating_fraction;
  }
}

std::vector<PredictedLayer> predicted_layers(const model::Prediction& prediction) {
  std::vector<Eigen::MatrixXd> grams;
  grams.reserve(prediction.layers.size());
  for (const model::LayerPrediction& layer : prediction.layers) grams.push_back(layer.gram);
  std::vector<PredictedLayer> layers = predicted_layers(grams);
  for (std::size_t i = 0; i < layers.size(); ++i)
    layers[i].correlation = prediction.layers[i].correlation;
  describe_pairs(prediction, layers);
  const std::vector<model::LayerFluctuation>& fluctuations = prediction.fluctuation.layers;
  assert(fluctuations.empty() || fluctuations.size() == layers.size());
  for (std::size_t i = 0; i < fluctuations.size(); ++i) {
    layers[i].gram_variance = fluctuations[i].gram_variance;
    layers[i].correlation_variance = fluctuations[i].correlation_variance;
    layers[i].gram_bias = fluctuations[i].gram_bias;
    layers[i].correlation_bias = fluctuations[i].correlation_bias;
  }
  return layers;
}

}  // namespace wideproof::compare
