// SPDX-License-Identifier: MIT
#include <wideproof/sim/gaussian_layer.hpp>

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <wideproof/sim/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

const NetworkId id{.seed = 3, .width = 5000, .replicate = 7};
constexpr std::int64_t inputs = 40;

TEST(GaussianLayer, DrawsEachBlockFromNumbersOfItsOwn) {
  const NeuronBlocks blocks(inputs, id.width);
  ASSERT_GT(blocks.count(), 2);
  const GaussianLayer layer(id, 2, 4 * Eigen::MatrixXd::Identity(inputs, inputs), blocks,
                            torch::kFloat64);
  EXPECT_FALSE(layer.is_nearly_singular());
  const NormalStream stream(stream_name(id, Purpose::preactivations, 2));
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    auto h = torch::empty({inputs, blocks.size(block)}, torch::kFloat64);
    layer.draw(block, h);
    const auto normals = normal_tensor(stream, blocks.first(block) * inputs, inputs,
                                       blocks.size(block), torch::kFloat64);
    EXPECT_TRUE(torch::equal(h, 2 * normals)) << block;
  }
}

TEST(GaussianLayer, OfCollinearInputsIsNearlySingular) {
  const NeuronBlocks blocks(2, 100);
  const auto is_nearly_singular = [&](double c) {
    Eigen::MatrixXd kernel(2, 2);
    kernel << 1, c, c, 1;
    return GaussianLayer(id, 1, kernel, blocks, torch::kFloat32).is_nearly_singular();
  };
  EXPECT_TRUE(is_nearly_singular(1));
  EXPECT_TRUE(is_nearly_singular(.9999));
  EXPECT_FALSE(is_nearly_singular(.9));
}

TEST(GaussianLayer, OfAZeroKernelIsZero) {
  const GaussianLayer layer(id, 1, Eigen::MatrixXd::Zero(2, 2), NeuronBlocks(2, 100),
                            torch::kFloat32);
  auto h = torch::ones({2, 100});
  layer.draw(0, h);
  EXPECT_EQ(h.abs().max().item<double>(), 0);
}

}  // namespace
}  // namespace wideproof::sim
