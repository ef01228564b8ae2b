// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/spanning_tree.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <Eigen/Core>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/persistence/independent_neurons.hpp>

#include "panels.hpp"
#include "printed.hpp"

namespace wideproof::theory {
namespace {

constexpr double zeta_of_3 = 1.2020569031595943;

TEST(EdgeShare, IsTheDualOfItsMeanDegree) {
  EXPECT_EQ(edge_share(.4), .2);
  EXPECT_NEAR(edge_share(1), .5, 1e-15);
  for (const double t : {1.0 + 1e-12, 1.001, 1.5, 4.0, 30.0}) {
    // T by bisection on [0, 1], where T e^{−T} rises.
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      (middle * std::exp(-middle) < t * std::exp(-t) ? low : high) = middle;
    }
    EXPECT_NEAR(edge_share(t), 1 - (low - 0.5 * low * low) / t, 1e-14) << t;
  }
}

TEST(EdgeShare, HasTheMeanZetaOfThree) {
  std::vector<double> edges;
  for (double t = 0; t <= 60; t += .5) edges.push_back(t);
  double mean = 0;
  for (const auto& [t, dt] : panel_nodes(edges)) mean += dt * (1 - edge_share(t));
  EXPECT_NEAR(mean, zeta_of_3, 1e-12);
}

// Weights uniform on [0, 1]: N times their mean is ζ(3) but for the end of the interval.
TEST(Persistence, OfUniformWeightsIsFriezesTheorem) {
  const auto uniform = predict_persistence(1000, [](double x) { return 1 - x; });
  EXPECT_NEAR(1000 * uniform.mean_weight, zeta_of_3, 1e-9);
  EXPECT_NEAR(uniform.total, -999 * uniform.mean_weight, 1e-12);
  EXPECT_NEAR(uniform.spread, .5 * uniform.weight_deviation - .5 * uniform.mean_weight, 1e-15);
  const auto apart = predict_persistence(
      1000, [](double x) { return 1 - x; }, .9);
  EXPECT_NEAR(apart.spread, .9 * uniform.weight_deviation - .1 * uniform.mean_weight, 1e-15);
}

TEST(Persistence, OfIndependentNeuronsHasThePrintedValues) {
  const auto null = independent_persistence(1010, 256);
  EXPECT_NEAR(null.mean_absolute_correlation, .05001448, printed(8));
  EXPECT_NEAR(null.total, -799.4254, printed(4));
  EXPECT_NEAR(null.spread, -.387412, printed(6));  // half of .017470 less half of 799.4254/1009
  EXPECT_NEAR(null.weight_deviation, .017470, printed(6));
  EXPECT_NEAR(independent_persistence(500, 1024).total, -450.05, printed(2));
}

// Printed, of sampled neurons at their standard errors; the second row was sampled again with
// NumPy, 200 trees, and may be off by what a finite N and triangles add to 4 errors.
TEST(Persistence, OfIndependentNeuronsIsThatOfSampledTrees) {
  const auto null = independent_persistence(1010, 256);
  EXPECT_NEAR(null.mean_absolute_correlation, .050009, 4 * 1.4e-5);
  EXPECT_NEAR(null.total, -799.37, 4 * .20);
  EXPECT_NEAR(null.spread, -.38723, 4 * 1.4e-4);
  EXPECT_NEAR(null.total, -799.541, 4 * .053);
  EXPECT_NEAR(null.spread, -.387490, 4 * 4.0e-5);
  EXPECT_NEAR(null.weight_deviation, .0174296, 4 * 4.2e-5);
  EXPECT_NEAR(null.weight_deviation, .017784, 4 * 1.15e-4);
  EXPECT_NEAR(independent_persistence(500, 1024).total, -449.77, 5 * .06);
  // Ten samples more or ten neurons fewer are told from it.
  EXPECT_GT(std::abs(independent_persistence(1010, 266).total + 799.541), 20 * .053);
  EXPECT_GT(std::abs(independent_persistence(980, 256).total + 799.541), 20 * .053);
}

/// Mean of the weights of the minimum spanning tree, by Prim.
double mean_weight_of_tree(const Eigen::MatrixXd& distances) {
  Eigen::VectorXd best = distances.col(0);
  std::vector<bool> is_joined(static_cast<std::size_t>(distances.rows()), false);
  is_joined[0] = true;
  double sum = 0;
  for (Eigen::Index joined = 1; joined < distances.rows(); ++joined) {
    Eigen::Index next = 0;
    double least = std::numeric_limits<double>::infinity();
    for (Eigen::Index i = 0; i < best.size(); ++i) {
      if (!is_joined[static_cast<std::size_t>(i)] && best(i) < least) {
        least = best(i);
        next = i;
      }
    }
    is_joined[static_cast<std::size_t>(next)] = true;
    sum += least;
    best = best.cwiseMin(distances.col(next));
  }
  return sum / static_cast<double>(distances.rows() - 1);
}

TEST(Persistence, OfFewNeuronsIsNearThatOfTrees) {
  std::mt19937_64 engine(3);
  std::normal_distribution<double> normal;
  const Eigen::Index neurons = 120;
  double sum = 0;
  double square = 0;
  const int trees = 30;
  for (int i = 0; i < trees; ++i) {
    Eigen::MatrixXd z(neurons, 40);
    for (double& entry : z.reshaped()) entry = normal(engine);
    z.colwise() -= z.rowwise().mean().eval();
    z.rowwise().normalize();
    const double mean = mean_weight_of_tree(1 - (z * z.transpose()).array().abs());
    sum += mean;
    square += mean * mean;
  }
  const double mean = sum / trees;
  const double error = std::sqrt((square / trees - mean * mean) / (trees - 1));
  const double predicted = independent_persistence(neurons, 40).mean_weight;
  // Corrections of the order 1/N, 0.8% here, beside 4 standard errors.
  EXPECT_NEAR(predicted, mean, mean / static_cast<double>(neurons) + 4 * error);
  EXPECT_GT(std::abs(independent_persistence(neurons, 44).mean_weight - mean),
            4 * error + .01 * mean);
}

TEST(IndependentNeurons, HaveTheDistributionOfTheirMean) {
  for (const std::int64_t samples : {3, 4, 10, 256}) {
    std::vector<double> edges;
    for (int i = 0; i <= 40; ++i) edges.push_back(std::pow(i / 40.0, 2));
    double mean = 0;
    for (const auto& [x, dx] : panel_nodes(edges)) {
      mean += dx * independent_correlation_tail(x, samples);
    }
    EXPECT_NEAR(mean, independent_mean_correlation(samples), 1e-6) << samples;
  }
  // Of four samples it is uniform.
  EXPECT_NEAR(independent_correlation_tail(.3, 4), .7, 1e-14);
  EXPECT_EQ(independent_correlation_tail(0, 10), 1);
  EXPECT_EQ(independent_correlation_tail(1, 10), 0);
}

TEST(Persistence, RefusesWhatHasNoTree) {
  EXPECT_THROW(independent_persistence(1, 256), model::InputError);
  EXPECT_THROW(independent_persistence(10, 2), model::InputError);
  EXPECT_THROW(independent_persistence(10, 256, 1.5), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
