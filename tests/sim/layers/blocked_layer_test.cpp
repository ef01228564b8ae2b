// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/blocked_layer.hpp>

#include <gtest/gtest.h>
#include <torch/types.h>

namespace wideproof::sim {
namespace {

TEST(NeuronBlocks, CoverEveryNeuronOnce) {
  for (const std::int64_t inputs : {1, 8, 64, 1000}) {
    for (const std::int64_t width : {1, 255, 256, 257, 8192, 100000}) {
      const NeuronBlocks blocks(inputs, width);
      EXPECT_EQ(blocks.block_width() % 128, 64);
      std::int64_t next = 0;
      for (std::int64_t run = 0; run < blocks.runs(); ++run) {
        EXPECT_LT(blocks.run_begin(run), blocks.run_end(run));
        for (auto block = blocks.run_begin(run); block < blocks.run_end(run); ++block) {
          EXPECT_EQ(blocks.first(block), next);
          EXPECT_GT(blocks.size(block), 0);
          next += blocks.size(block);
        }
      }
      EXPECT_EQ(next, width) << inputs << ' ' << width;
    }
  }
}

TEST(BlockedLayer, ShowsTheSameNumbersByBlockAndByRow) {
  for (const std::int64_t width : {5, 1024, 2500}) {
    const BlockedLayer start(NeuronBlocks(64, width), torch::kFloat64);
    auto layer = start;
    const auto whole = torch::randn({64, width}, torch::kFloat64);
    for (std::int64_t input = 0; input < 64; ++input) layer.set_row(input, whole[input]);
    std::vector<torch::Tensor> blocks;
    for (std::int64_t block = 0; block < layer.blocks().count(); ++block) {
      EXPECT_TRUE(layer.block(block).is_contiguous());
      blocks.push_back(layer.block(block));
    }
    EXPECT_TRUE(torch::equal(torch::cat(blocks, 1), whole)) << width;
    EXPECT_TRUE(torch::equal(layer.row(17), whole[17])) << width;
    layer.block(0).zero_();
    EXPECT_EQ(layer.row(17)[0].item<double>(), 0);
  }
}

}  // namespace
}  // namespace wideproof::sim
