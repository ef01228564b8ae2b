// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/joint_layers.hpp>

#include <algorithm>
#include <ctime>
#include <set>
#include <vector>

#include <gmock/gmock.h>

#include <wideproof/compare/gram/assessment.hpp>
#include "invented.hpp"

namespace wideproof::compare {
namespace {

using ::testing::StartsWith;

std::vector<std::size_t> chosen(std::size_t depth) {
  const JointLayers joint(depth);
  std::vector<std::size_t> layers;
  for (std::size_t layer = 0; layer < depth; ++layer)
    if (joint.holds(layer)) layers.push_back(layer);
  EXPECT_EQ(layers.size(), joint.count());
  return layers;
}

TEST(JointLayers, AreAllOfAShallowNetwork) {
  for (const std::size_t depth : {1U, 3U, 20U}) EXPECT_EQ(chosen(depth).size(), depth);
}

TEST(JointLayers, SpreadEvenlyFromTheFirstToTheLast) {
  for (std::size_t depth = 21; depth <= 1000; ++depth) {
    const auto layers = chosen(depth);
    ASSERT_EQ(layers.size(), JointLayers::most) << depth;
    EXPECT_EQ(layers.front(), 0U);
    EXPECT_EQ(layers.back(), depth - 1);
    std::set<std::size_t> steps;
    for (std::size_t i = 1; i < layers.size(); ++i) steps.insert(layers[i] - layers[i - 1]);
    EXPECT_LE(*steps.rbegin() - *steps.begin(), 1U) << depth;
  }
}

testing::Invented deep(std::size_t layers) {
  testing::Invented invented;
  invented.widths = {256, 512, 1024, 2048};
  invented.replicates = 40;
  invented.layers = layers;
  invented.limit = testing::equicorrelated(2, 0.5);
  invented.first = 10.0;
  invented.spread = 0.6;
  return invented;
}

Assessment assessed(const testing::Invented& invented, double wrong_by = 0.0,
                    std::size_t wrong_layer = 0) {
  testing::Rng rng(5);
  auto predicted = testing::truth(invented);
  predicted[wrong_layer].gram(0, 0) += wrong_by;
  return assess(predicted, testing::draw(invented, rng), {});
}

TEST(JointLayers, LeaveNoLayerUnseen) {
  const std::size_t left_out = 1;
  ASSERT_FALSE(JointLayers(60).holds(left_out));
  const Assessment right = assessed(deep(60));
  EXPECT_THAT(right.claims[0].statement,
              StartsWith("The Gram matrices of 20 layers, spread evenly over all 60, averaged"));
  EXPECT_NE(right.verdict.outcome, Outcome::disagree);
  const Assessment wrong = assessed(deep(60), 0.2, left_out);
  EXPECT_EQ(wrong.verdict.outcome, Outcome::disagree);
  EXPECT_EQ(wrong.claims[1].name, "entries");
  EXPECT_EQ(wrong.claims[1].outcome, Outcome::disagree);
  EXPECT_EQ(wrong.claims[1].where, "layer 2, gram(1,1)");
  EXPECT_EQ(wrong.convergence.size(), 60U);
}

TEST(JointLayers, KeepTheCostInProportionToTheDepth) {
  const auto seconds = [](std::size_t layers) {
    const testing::Invented invented = deep(layers);
    testing::Rng rng(5);
    const auto sample = testing::draw(invented, rng);
    const auto predicted = testing::truth(invented);
    double least = 1e9;  // processor time, but caches are shared with others
    for (int i = 0; i < 3; ++i) {
      const std::clock_t start = std::clock();
      assess(predicted, sample, {});
      least = std::min(least, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return least;
  };
  // Eight times the layers cost 8 to 21 times as much, by how many fit the caches; with all of them
  // in the joint tests it was some 300 times. The bound lies halfway between on a log scale.
  EXPECT_LT(seconds(400), 80 * seconds(50));
}

}  // namespace
}  // namespace wideproof::compare
