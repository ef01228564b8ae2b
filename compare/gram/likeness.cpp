// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/likeness.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

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
                                                         {Kind::scaled, "scaled"},
                                                         {Kind::own_kernel, "own_kernel"},
                                                         {Kind::next_kernel, "next_kernel"},
                                                         {Kind::gram, "gram"},
                                                         {Kind::reordered, "reordered"},
                                                         {Kind::next_layer, "next_layer"}});

/// Matrices of the first layers, which may be fewer than there are.
using Matrices = std::vector<Eigen::MatrixXd>;

Matrices less_norms(const Matrices& matrices) {
  Matrices correlations;
  for (const Eigen::MatrixXd& matrix : matrices)
    correlations.emplace_back(matrix.cwiseQuotient(norm_scale(matrix)));
  return correlations;
}

bool is_near(const Eigen::MatrixXd& matrix, const Eigen::MatrixXd& expected) {
  const Eigen::MatrixXd distance =
      (matrix - expected).cwiseAbs().cwiseQuotient(norm_scale(expected));
  return (distance.array() <= largest_distance).all();
}

bool is_like(const Matrices& own, const Matrices& other, double factor = 1.0) {
  for (std::size_t l = 0; l < other.size(); ++l)
    if (!is_near(own[l], factor * other[l])) return false;
  return !other.empty();
}

/// The layers' places from the least mean entry to the greatest.
std::vector<std::size_t> by_mean(const Matrices& matrices) {
  std::vector<std::size_t> places(matrices.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::sort(places.begin(), places.end(), [&](std::size_t one, std::size_t other) {
    return matrices[one].mean() < matrices[other].mean();
  });
  return places;
}

bool is_reordered(const Matrices& own, const Matrices& other) {
  const std::vector<std::size_t> own_places = by_mean(own), places = by_mean(other);
  for (std::size_t i = 0; i < places.size(); ++i)
    if (!is_near(own[own_places[i]], other[places[i]])) return false;
  return true;
}

/// The factor that takes the theory's matrices nearest to one's own.
double factor_between(const Matrices& own, const Matrices& theirs) {
  double sum = 0.0;
  for (std::size_t l = 0; l < theirs.size(); ++l) {
    const double norm = theirs[l].norm();
    sum += (own[l] / norm).cwiseProduct(theirs[l] / norm).sum();
  }
  return sum / static_cast<double>(theirs.size());
}

bool is_near(double factor, double scale) {
  return std::abs(std::log(factor / scale)) <= largest_log_factor;
}

/// What else the theory knows of each layer, in the order in which it is tried.
struct Other {
  Kind kind;
  Matrices matrices;
};

Likeness likeness_among(const Matrices& own, const Matrices& theirs,
                        const std::vector<Other>& others, double gram_scale, bool has_norms) {
  if (is_like(own, theirs)) return {};
  const double factor = has_norms ? factor_between(own, theirs) : 1.0;
  const bool is_scaled = has_norms && is_like(own, theirs, factor);
  if (is_scaled && !is_near(gram_scale, 1.0)) {
    if (is_near(factor, gram_scale)) return {Kind::undivided, factor};
    if (is_near(factor, 1.0 / gram_scale)) return {Kind::divided_twice, factor};
  }
  for (const Other& other : others)
    if (is_like(own, other.matrices)) return {.kind = other.kind};
  if (is_reordered(own, theirs)) return {.kind = Kind::reordered};
  if (is_like(own, Matrices(theirs.begin() + 1, theirs.end()))) return {.kind = Kind::next_layer};
  return is_scaled ? Likeness{Kind::scaled, factor} : Likeness{};
}

Matrices preactivations_of(const model::Prediction& theory) {
  Matrices kernels;
  for (const model::LayerPrediction& layer : theory.layers) kernels.push_back(layer.preactivation);
  return kernels;
}

Matrices grams_of(const model::Prediction& theory) {
  Matrices grams;
  for (const model::LayerPrediction& layer : theory.layers) grams.push_back(layer.gram);
  return grams;
}

}  // namespace

std::string_view name_of(Kind kind) {
  return likeness_names[kind];
}

Likeness likeness(const model::Prediction& theory, const std::vector<PredictedLayer>& predicted,
                  bool norms_are_predicted) {
  const auto as_compared = [&](Matrices matrices) {
    return norms_are_predicted ? std::move(matrices) : less_norms(matrices);
  };
  Matrices own, next_kernels;
  for (const PredictedLayer& layer : predicted) own.push_back(layer.gram);
  for (const model::LayerPrediction& layer : theory.layers)
    if (layer.next_kernel.size() > 0) next_kernels.push_back(layer.next_kernel);
  return likeness_among(own, as_compared(grams_of(theory)),
                        {{Kind::next_kernel, as_compared(next_kernels)},
                         {Kind::own_kernel, as_compared(preactivations_of(theory))}},
                        theory.gram_scale, norms_are_predicted);
}

Likeness likeness_of_kernels(const model::Prediction& theory, const Matrices& kernels,
                             const Matrices& own) {
  Likeness likeness = likeness_among(
      own, kernels, {{Kind::own_kernel, preactivations_of(theory)}, {Kind::gram, grams_of(theory)}},
      theory.gram_scale, true);
  likeness.of_kernels = true;
  return likeness;
}

}  // namespace wideproof::compare
