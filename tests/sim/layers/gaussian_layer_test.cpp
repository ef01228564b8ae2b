// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/gaussian_layer.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

const NetworkId id{.seed = 3, .width = 5000, .replicate = 7};
constexpr std::int64_t layer_inputs = 40;

TEST(GaussianLayer, DrawsEachBlockFromNumbersOfItsOwn) {
  const NeuronBlocks blocks(layer_inputs, id.width);
  ASSERT_GT(blocks.count(), 2);
  const Eigen::MatrixXd kernel = 4 * Eigen::MatrixXd::Identity(layer_inputs, layer_inputs);
  const GaussianLayer layer(id, 2, kernel, InputOrder(kernel, InputOrder::By::pivots), blocks,
                            torch::kFloat64);
  EXPECT_FALSE(layer.is_nearly_singular());
  const NormalStream stream(stream_name(id, Purpose::preactivations, 2));
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    auto h = torch::empty({layer_inputs, blocks.size(block)}, torch::kFloat64);
    layer.draw(block, h);
    const auto normals = normal_tensor(stream, blocks.first(block) * layer_inputs, layer_inputs,
                                       blocks.size(block), torch::kFloat64);
    EXPECT_TRUE(torch::equal(h, 2 * normals)) << block;
  }
}

TEST(GaussianLayer, OfCollinearInputsIsNearlySingular) {
  const NeuronBlocks blocks(2, 100);
  const auto is_nearly_singular = [&](double c) {
    Eigen::MatrixXd kernel(2, 2);
    kernel << 1, c, c, 1;
    return GaussianLayer(id, 1, kernel, InputOrder(kernel, InputOrder::By::pivots), blocks,
                         torch::kFloat32)
        .is_nearly_singular();
  };
  EXPECT_TRUE(is_nearly_singular(1));
  EXPECT_TRUE(is_nearly_singular(.9999));
  EXPECT_FALSE(is_nearly_singular(.9));
}

/// Inputs 0 and 1 of three on a line keep their neurons when the third leaves it.
TEST(GaussianLayer, GivesInputsTheSameNeuronsWhateverTheRank) {
  const NeuronBlocks blocks(3, 2 * 64 * 63 + 100);
  const auto draw = [&](double out_of_plane, std::int64_t block) {
    Eigen::MatrixXd vectors(3, 3);
    vectors << 1, 0, 0, .6, .8, 0, .8, -.6 * std::sqrt(1 - out_of_plane * out_of_plane),
        .6 * out_of_plane;
    const Eigen::MatrixXd kernel = vectors * vectors.transpose();
    const GaussianLayer layer(id, 1, kernel, InputOrder(kernel, InputOrder::By::pivots), blocks,
                              torch::kFloat64);
    auto h = torch::empty({3, blocks.size(block)}, torch::kFloat64);
    layer.draw(block, h);
    return h;
  };
  ASSERT_GT(blocks.count(), 1);
  for (const std::int64_t block : {std::int64_t{0}, blocks.count() - 1}) {
    const auto plane = draw(0, block);
    const auto space = draw(1e-4, block);
    EXPECT_TRUE(torch::equal(plane.narrow(0, 0, 2), space.narrow(0, 0, 2)));
    const double moved = (plane[2] - space[2]).abs().max().item<double>();
    EXPECT_GT(moved, 1e-6);
    EXPECT_LT(moved, 10 * .6e-4);
  }
}

/// Two inputs of an angle of 1.4e-5 between them, in the plane of a third: their rows of S,
/// (cos a, sin a), are known to half a unit of the last place in float32, 4e-8, and their
/// difference with it to some thousandths.
TEST(GaussianLayer, KeepsWhatNearInputsDifferByInFloat32) {
  constexpr double angle = 1.4e-5;
  constexpr double from = .7;
  const NeuronBlocks blocks(3, 4000);
  Eigen::MatrixXd vectors(3, 2);
  vectors << 1, 0, std::cos(from), std::sin(from), std::cos(from + angle), std::sin(from + angle);
  const Eigen::MatrixXd kernel = vectors * vectors.transpose();
  const GaussianLayer layer(id, 1, kernel, InputOrder(kernel, InputOrder::By::pivots), blocks,
                            torch::kFloat32);
  auto h = torch::empty({3, blocks.size(0)});
  layer.draw(0, h);
  const auto wide = h.to(torch::kFloat64);
  const auto x = normal_tensor(NormalStream(stream_name(id, Purpose::preactivations, 1)), 0, 2,
                               blocks.size(0), torch::kFloat32)
                     .to(torch::kFloat64);
  const auto mean_square = [](const torch::Tensor& field) {
    return field.square().mean().item<double>();
  };
  const auto combined = [&](double one, double other) { return one * x[0] + other * x[1]; };
  const double expected =
      mean_square(combined(vectors(2, 0) - vectors(1, 0), vectors(2, 1) - vectors(1, 1)));
  EXPECT_NEAR(mean_square(wide[2] - wide[1]) / expected, 1, 1e-4);
  const auto narrow = [&](Eigen::Index a, Eigen::Index i) {
    return static_cast<double>(static_cast<float>(vectors(a, i)));
  };
  const double rounded =
      mean_square(combined(narrow(2, 0) - narrow(1, 0), narrow(2, 1) - narrow(1, 1)));
  EXPECT_GT(std::abs(rounded / expected - 1), 1e-3);
}

TEST(GaussianLayer, OfAZeroKernelIsZero) {
  const Eigen::MatrixXd kernel = Eigen::MatrixXd::Zero(2, 2);
  const GaussianLayer layer(id, 1, kernel, InputOrder(kernel, InputOrder::By::pivots),
                            NeuronBlocks(2, 100), torch::kFloat32);
  auto h = torch::ones({2, 100});
  layer.draw(0, h);
  EXPECT_EQ(h.abs().max().item<double>(), 0);
}

}  // namespace
}  // namespace wideproof::sim
