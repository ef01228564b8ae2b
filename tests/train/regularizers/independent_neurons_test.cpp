// SPDX-License-Identifier: MIT
// Penalties of independent neurons beside their law.
#include <wideproof/train/regularizers/activation_penalty.hpp>

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/random/normal_tensor.hpp>

#include "false_alarm.hpp"

namespace wideproof::train {
namespace {

using model::Regularizer;
using wideproof::testing::agrees;

constexpr std::int64_t neurons = 1010, samples = 256, draws = 40;

/// Over draws of normal neurons that share a part of this variance.
wideproof::testing::Estimate penalty_of_normals(Regularizer kind, double shared) {
  Eigen::ArrayXd values(draws);
  ActivationPenalty penalty({.kind = kind});
  for (std::int64_t draw = 0; draw < draws; ++draw) {
    const sim::NormalStream stream(
        {.seed = 20240108, .replicate = static_cast<std::uint32_t>(draw)});
    const auto own = sim::normal_tensor(stream, 0, samples, neurons, at::kFloat);
    const auto common = sim::normal_tensor(stream, samples * neurons, samples, 1, at::kFloat);
    values[draw] = penalty.value({own * std::sqrt(1 - shared) + common * std::sqrt(shared)});
  }
  return wideproof::testing::mean_of(values);
}

/// What independent neurons give, and how far from it may be what is compared.
struct NullCase {
  Regularizer kind;
  double law, slack;
};

// E|ρ| = Γ((M−1)/2)/(√π Γ(M/2)). The others hold where the tree's edges are independent, as those
// of large graphs are (Frieze 1985); triangles of 1010 neurons are not, and so the slack: three
// standard errors of the 0.20 and 0.00014 to which this has been measured elsewhere.
const NullCase nulls[] = {{Regularizer::mean_correlation, 0.05001448, 1e-8},
                          {Regularizer::t1, -799.4254, 0.6},
                          {Regularizer::t2, -0.387413, 0.00042}};

TEST(IndependentNeurons, HaveTheCorrelationsAndTreeOfChance) {
  for (const auto& null : nulls) {
    EXPECT_TRUE(agrees(penalty_of_normals(null.kind, 0), null.law, 3, null.slack))
        << name_of(null.kind);
  }
}

/// Over draws of 500 independent thresholded neurons of 1024 samples.
wideproof::testing::Estimate tree_of_thresholded(double tau) {
  Eigen::ArrayXd values(draws);
  ActivationPenalty penalty({.kind = Regularizer::t1});
  for (std::int64_t draw = 0; draw < draws; ++draw) {
    const sim::NormalStream stream({.seed = 1, .replicate = static_cast<std::uint32_t>(draw)});
    values[draw] =
        penalty.value({at::relu(sim::normal_tensor(stream, 0, 1024, 500, at::kFloat) - tau)});
  }
  return wideproof::testing::mean_of(values);
}

// Printed: near the null of normal neurons, −450.05, at f = .5, and not at f = .1.
TEST(IndependentNeurons, AreTheLessLikeNormalOnesTheSparserTheyAre) {
  const auto half = tree_of_thresholded(0);
  const auto sparse = tree_of_thresholded(1.2815515655446004);
  EXPECT_TRUE(agrees(half, -449.77, 2, 3 * .06));
  EXPECT_TRUE(agrees(sparse, -435.8, 2, .05));
  EXPECT_FALSE(agrees(sparse, -450.05, 2, 3 * .06));
}

// The twin: a hundredth of the variance is shared.
TEST(IndependentNeurons, AreToldFromThoseThatShareALittle) {
  for (const auto& null : nulls) {
    EXPECT_FALSE(agrees(penalty_of_normals(null.kind, 0.01), null.law, 3, null.slack))
        << name_of(null.kind);
  }
}

}  // namespace
}  // namespace wideproof::train
