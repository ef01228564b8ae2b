// SPDX-License-Identifier: MIT
#include <wideproof/sim/random/normal_tensor.hpp>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::sim {
namespace {

const NetworkId id{.seed = 3, .width = 16, .replicate = 2};

torch::Tensor field(std::int64_t first, std::int64_t rows, torch::ScalarType dtype,
                    Purpose purpose = Purpose::weights, std::int64_t layer = 1) {
  return normal_tensor(NormalStream(stream_name(id, purpose, layer)), first, rows, 7, dtype);
}

TEST(NormalTensor, GivesTheSameFieldInOnePieceAsInMany) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto whole = field(0, 30, dtype);
    EXPECT_EQ(whole.scalar_type(), dtype);
    EXPECT_TRUE(torch::equal(whole, torch::cat({field(0, 11, dtype), field(77, 19, dtype)})));
  }
}

TEST(NormalTensor, LayersAndPurposesHaveFieldsOfTheirOwn) {
  const auto weights = field(0, 1, torch::kFloat64);
  EXPECT_FALSE(torch::equal(weights, field(0, 1, torch::kFloat64, Purpose::weights, 2)));
  EXPECT_FALSE(torch::equal(weights, field(0, 1, torch::kFloat64, Purpose::biases)));
  EXPECT_FALSE(torch::equal(weights, field(0, 1, torch::kFloat64, Purpose::preactivations)));
}

TEST(NormalTensor, RefusesOtherTypes) {
  EXPECT_THROW(field(0, 1, torch::kInt64), c10::Error);
}

}  // namespace
}  // namespace wideproof::sim
