// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/likeness.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <wideproof/compare/matrices/matrix_comparison.hpp>
#include <wideproof/model/names.hpp>

namespace wideproof::compare {
namespace {

using Kind = Likeness::Kind;

constexpr double largest_distance = 0.01;
constexpr double largest_log_factor = 0.05;

constexpr auto likeness_names = model::name_table<Kind>({{Kind::none, "none"},
                                                         {Kind::undivided, "undivided"},
                                                         {Kind::divided_twice, "divided_twice"},
                                                         {Kind::own_kernel, "own_kernel"},
                                                         {Kind::next_kernel, "next_kernel"},
                                                         {Kind::next_layer, "next_layer"}});

/// Matrices of the first layers, which may be fewer than there are.
using Matrices = std::vector<Eigen::MatrixXd>;

Matrices less_norms(const Matrices& matrices) {
  Matrices correlations;
  for (const Eigen::MatrixXd& matrix : matrices)
    correlations.emplace_back(matrix.cwiseQuotient(norm_scale(matrix)));
  return correlations;
}

bool looks_like(const std::vector<PredictedLayer>& predicted, const Matrices& other,
                double factor = 1.0) {
  for (std::size_t l = 0; l < other.size(); ++l) {
    const Eigen::MatrixXd expected = factor * other[l];
    const Eigen::MatrixXd distance =
        (predicted[l].gram - expected).cwiseAbs().cwiseQuotient(norm_scale(expected));
    if (!(distance.array() <= largest_distance).all()) return false;
  }
  return !other.empty();
}

/// The factor that takes the theory's Gram matrices nearest to the predicted ones.
double factor_between(const std::vector<PredictedLayer>& predicted, const Matrices& grams) {
  double sum = 0.0;
  for (std::size_t l = 0; l < grams.size(); ++l) {
    const double norm = grams[l].norm();
    sum += (predicted[l].gram / norm).cwiseProduct(grams[l] / norm).sum();
  }
  return sum / static_cast<double>(grams.size());
}

bool is_near(double factor, double scale) {
  return std::abs(std::log(factor / scale)) <= largest_log_factor;
}

}  // namespace

std::string_view name_of(Kind kind) {
  return likeness_names[kind];
}

Likeness likeness(const model::Prediction& theory, const std::vector<PredictedLayer>& predicted,
                  bool norms_are_predicted) {
  Matrices grams, own_kernels, next_kernels;
  for (const model::LayerPrediction& layer : theory.layers) {
    grams.push_back(layer.gram);
    own_kernels.push_back(layer.preactivation);
    if (layer.next_kernel.size() > 0) next_kernels.push_back(layer.next_kernel);
  }
  const auto is_like = [&](const Matrices& matrices) {
    return looks_like(predicted, norms_are_predicted ? matrices : less_norms(matrices));
  };
  if (is_like(grams)) return {};
  if (norms_are_predicted && !is_near(theory.gram_scale, 1.0)) {
    const double factor = factor_between(predicted, grams);
    if (looks_like(predicted, grams, factor)) {
      if (is_near(factor, theory.gram_scale)) return {Kind::undivided, factor};
      if (is_near(factor, 1.0 / theory.gram_scale)) return {Kind::divided_twice, factor};
    }
  }
  if (is_like(next_kernels)) return {.kind = Kind::next_kernel};
  if (is_like(own_kernels)) return {.kind = Kind::own_kernel};
  if (is_like(Matrices(grams.begin() + 1, grams.end()))) return {.kind = Kind::next_layer};
  return {};
}

}  // namespace wideproof::compare
