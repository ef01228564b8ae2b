// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/layer_threshold.hpp>

#include <gtest/gtest.h>
#include <torch/types.h>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::ThresholdRule;
using testing::epsilon;
using testing::largest_difference;
using testing::some_field;

constexpr std::int64_t layer_width = 30000;
constexpr std::int64_t input_count = 5;

LayerActivation with_threshold(ThresholdRule rule) {
  return LayerActivation({.network = model::Network({.active_fraction = .1, .threshold = rule})});
}

struct Seen {
  torch::Tensor threshold;
  std::size_t largest_bracket;  ///< numbers that a selection kept
};

/// The threshold of rows of some normals of variance 1, seen block by block.
Seen seen_in_blocks(ThresholdRule rule, torch::ScalarType dtype, const torch::Tensor& h,
                    double spread) {
  BlockedLayer layer(NeuronBlocks(input_count, layer_width), dtype);
  for (std::int64_t a = 0; a < input_count; ++a) layer.set_row(a, h[a]);
  const auto activation = with_threshold(rule);
  const LayerThreshold threshold(activation, Eigen::VectorXd::Ones(input_count), layer_width,
                                 spread);
  auto statistics = threshold.none();
  for (std::int64_t block = 0; block < layer.blocks().count(); ++block) {
    statistics += threshold.of(layer.block(block));
  }
  std::size_t largest = 0;
  for (const auto& selection : statistics.selections) {
    largest = std::max(largest, selection.kept());
  }
  return {threshold(statistics, layer), largest};
}

TEST(LayerThreshold, OfBlocksIsThatOfTheWholeLayer) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto h = some_field(input_count, layer_width, dtype);
    for (const auto rule : {ThresholdRule::std, ThresholdRule::quantile}) {
      const auto seen = seen_in_blocks(rule, dtype, h, 1);
      EXPECT_EQ(seen.threshold.scalar_type(), dtype);
      EXPECT_LE(largest_difference(seen.threshold, with_threshold(rule).threshold(h, 1)),
                8 * epsilon(dtype))
          << name_of(rule);
      EXPECT_LT(seen.largest_bracket, std::size_t{layer_width / 20});
    }
  }
}

TEST(LayerThreshold, SearchesTheRowWhereTheQuantileLeavesItsBracket) {
  const auto h = some_field(input_count, layer_width);
  const auto truth = with_threshold(ThresholdRule::quantile).threshold(h, 1);
  const auto seen = seen_in_blocks(ThresholdRule::quantile, torch::kFloat64, h, 1e-6);
  EXPECT_LT(seen.largest_bracket, 10U);
  EXPECT_TRUE(torch::equal(seen.threshold, truth));
  // All neurons moved away from where the bracket was set.
  const auto moved = seen_in_blocks(ThresholdRule::quantile, torch::kFloat64, h + 3, 1);
  EXPECT_LE(largest_difference(moved.threshold, truth + 3), 8 * epsilon(torch::kFloat64));
}

}  // namespace
}  // namespace wideproof::sim
