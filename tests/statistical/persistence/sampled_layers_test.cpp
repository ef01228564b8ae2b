// SPDX-License-Identifier: MIT
// T1, T2 and mean |ρ| of sampled layers beside the neurons that theory draws. Neurons of one layer
// with a fixed threshold are independent at any width, so that there is no 1/n: false_alarm.hpp's
// rate is all that may go wrong.
#include <wideproof/theory/persistence/sampled_persistence.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "../false_alarm.hpp"
#include "../sampled_networks.hpp"

namespace wideproof::testing {
namespace {

constexpr std::int64_t persistent_neurons = 150;
constexpr Eigen::Index persistence_samples = 60;
constexpr double persistence_fraction = .3;

/// Unit vectors in 8 dimensions, spread without a lattice, samples × 8.
Eigen::MatrixXd persistence_vectors() {
  Eigen::MatrixXd x(persistence_samples, 8);
  for (Eigen::Index i = 0; i < x.rows(); ++i)
    for (Eigen::Index k = 0; k < x.cols(); ++k)
      x(i, k) = std::cos(1.7 * static_cast<double>((i + 1) * (k + 1)) + static_cast<double>(k * k));
  x.rowwise().normalize();
  return x;
}

model::Network layer_of_persistence(double fraction) {
  return model::Network({.depth = 1,
                         .active_fraction = fraction,
                         .threshold = model::ThresholdRule::fixed,
                         .weight_variance = 1.0});
}

/// By Kruskal's algorithm, which theory does not use: T1, T2 and mean |ρ| of neurons, rows of z.
/// Those that are silent have ρ = 0 and no part in the mean.
Eigen::ArrayXd numbers_by_kruskal(Eigen::MatrixXd z) {
  z.colwise() -= z.rowwise().mean().eval();
  const Eigen::VectorXd norms = z.rowwise().norm();
  for (Eigen::Index i = 0; i < z.rows(); ++i)
    if (norms[i] > 0) z.row(i) /= norms[i];
  const auto alive = static_cast<double>((norms.array() > 0).count());
  const Eigen::MatrixXd rho = (z * z.transpose()).cwiseAbs();
  struct Edge {
    double weight;
    Eigen::Index i, j;
  };
  std::vector<Edge> edges;
  for (Eigen::Index i = 0; i < z.rows(); ++i)
    for (Eigen::Index j = 0; j < i; ++j) edges.push_back({1 - rho(i, j), i, j});
  std::sort(edges.begin(), edges.end(),
            [](const Edge& a, const Edge& b) { return a.weight < b.weight; });
  std::vector<Eigen::Index> component(static_cast<std::size_t>(z.rows()));
  for (std::size_t i = 0; i < component.size(); ++i) component[i] = static_cast<Eigen::Index>(i);
  std::vector<double> tree;
  double sum = 0;
  for (const Edge& edge : edges) {
    sum += 1 - edge.weight;
    const auto from = component[static_cast<std::size_t>(edge.i)];
    const auto to = component[static_cast<std::size_t>(edge.j)];
    if (from == to) continue;
    tree.push_back(edge.weight);
    std::replace(component.begin(), component.end(), from, to);
  }
  const Eigen::ArrayXd w = Eigen::ArrayXd::Map(tree.data(), static_cast<Eigen::Index>(tree.size()));
  const double deviation = std::sqrt((w - w.mean()).square().mean());
  return Eigen::Array3d(-w.sum(), .5 * deviation - .5 * w.mean(), sum / (alive * (alive - 1) / 2));
}

theory::SampledPersistence predicted_persistence(double fraction) {
  const auto network = layer_of_persistence(fraction);
  const auto x = persistence_vectors();
  Eigen::MatrixXd cosines = x * x.transpose();
  cosines.diagonal().setOnes();
  const auto groups =
      theory::neuron_groups(network, theory::predict(network, cosines), persistent_neurons);
  return theory::sampled_persistence(*groups, .5, {400, 11});
}

TEST(PersistenceOfSampledLayers, IsThatOfTheNeuronsOfTheory) {
  const sim::DirectSampler sampler({.network = layer_of_persistence(persistence_fraction)},
                                   persistent_neurons,
                                   sim::to_tensor(persistence_vectors(), torch::kFloat64));
  const auto rows = sampled_by(sampler, 400, 3, [](const auto& outputs) -> Eigen::ArrayXd {
    return numbers_by_kruskal(sim::to_matrix(outputs.activations[0]).transpose());
  });
  const auto right = predicted_persistence(persistence_fraction);
  const auto wrong = predicted_persistence(.2);  // the twin
  for (std::size_t k = 0; k < model::persistence_numbers.size(); ++k) {
    const auto& [name, number] = model::persistence_numbers[k];
    const auto measured = mean_of(rows.col(static_cast<Eigen::Index>(k)));
    const auto difference = [&](const theory::SampledPersistence& theory) {
      return measured - Estimate{theory.mean.*number, theory.standard_error.*number, theory.draws};
    };
    EXPECT_TRUE(agrees(difference(right), 0, 3)) << name;
    EXPECT_FALSE(agrees(difference(wrong), 0, 3)) << name;
  }
}

}  // namespace
}  // namespace wideproof::testing
