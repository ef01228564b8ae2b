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

PredictedLayer predicted_layer(const Eigen::MatrixXd& gram, const MatrixName& name) {
  const auto fail = [&name](const std::string& reason) {
    throw model::InputError(fmt::format("compare.prediction, {}: {}", name.name, reason));
  };
  const auto entry = [&](Eigen::Index a, Eigen::Index b) {
    return fmt::format("{} = {}", name.entry({Quantity::gram, a, b}), gram(a, b));
  };
  const char* square = name.quantity == MatrixName().quantity ? "a mean square" : "a square";
  if (gram.rows() != gram.cols() || gram.rows() == 0)
    fail(fmt::format("shape {} × {}: must be square, a row and a column for each input",
                     gram.rows(), gram.cols()));
  for (Eigen::Index a = 0; a < gram.rows(); ++a) {
    if (!std::isfinite(gram(a, a)) || gram(a, a) <= 0.0)
      fail(fmt::format("{}: {} must be positive and finite", entry(a, a), square));
    if (!(gram(a, a) >= 1.0 / largest_mean_square && gram(a, a) <= largest_mean_square))
      fail(fmt::format(
          "{}: {} must lie in [{:.2g}, {:.2g}], where doubles hold its square and the errors of "
          "that",
          entry(a, a), square, 1.0 / largest_mean_square, largest_mean_square));
  }
  const Eigen::VectorXd norm = gram.diagonal().cwiseSqrt();
  for (Eigen::Index a = 0; a < gram.rows(); ++a) {
    for (Eigen::Index b = 0; b < gram.cols(); ++b) {
      if (!std::isfinite(gram(a, b))) fail(entry(a, b) + ": must be finite");
      if (std::abs(gram(a, b) - gram(b, a)) > symmetry_tolerance * norm[a] * norm[b])
        fail(fmt::format("{} but {}: must be symmetric", entry(a, b), entry(b, a)));
      if (std::abs(gram(a, b)) > (1.0 + largest_excess) * norm[a] * norm[b])
        fail(fmt::format("{}: is a correlation of {:.6g} with {} and {}, and must lie in [-1, 1]",
                         entry(a, b), gram(a, b) / (norm[a] * norm[b]), entry(a, a), entry(b, b)));
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

bool has_limit(const Eigen::MatrixXd& without_limit, const Entry& entry) {
  if (without_limit.size() == 0) return true;
  const auto& [quantity, a, b] = entry;
  if (quantity == Quantity::correlation &&
      (without_limit(a, a) != 0.0 || without_limit(b, b) != 0.0))
    return false;
  return without_limit(a, b) == 0.0;
}

std::vector<PredictedLayer> predicted_layers(const std::vector<Eigen::MatrixXd>& grams,
                                             const std::vector<MatrixName>& names) {
  std::vector<PredictedLayer> layers;
  layers.reserve(grams.size());
  for (const Eigen::MatrixXd& gram : grams)
    layers.push_back(predicted_layer(gram, matrix_name(names, layers.size())));
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
