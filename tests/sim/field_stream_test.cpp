// SPDX-License-Identifier: MIT
#include <wideproof/sim/field_stream.hpp>

#include <stdexcept>

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace wideproof::sim {
namespace {

const NetworkId id{.seed = 3, .width = 16, .replicate = 2};

FieldStream stream(torch::ScalarType dtype) {
  return {id, Purpose::weights, 1, dtype};
}

TEST(FieldStream, GivesTheSameFieldInOnePieceAsInMany) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto whole = stream(dtype).next(30, 7);
    EXPECT_EQ(whole.scalar_type(), dtype);
    auto pieces = stream(dtype);
    const auto first = pieces.next(11, 7);
    auto second = torch::empty({19, 7}, dtype);
    pieces.fill(second);
    EXPECT_TRUE(torch::equal(whole, torch::cat({first, second})));
  }
}

TEST(FieldStream, LayersAndPurposesHaveFieldsOfTheirOwn) {
  const auto weights = stream(torch::kFloat64).next(1, 8);
  EXPECT_FALSE(
      torch::equal(weights, FieldStream(id, Purpose::weights, 2, torch::kFloat64).next(1, 8)));
  EXPECT_FALSE(
      torch::equal(weights, FieldStream(id, Purpose::biases, 1, torch::kFloat64).next(1, 8)));
}

TEST(FieldStream, RefusesOtherTypesAndTensorsThatItCannotFill) {
  EXPECT_THROW(stream(torch::kInt64), std::invalid_argument);
  auto field = stream(torch::kFloat32);
  auto wrong_type = torch::empty({2, 2}, torch::kFloat64);
  EXPECT_THROW(field.fill(wrong_type), c10::Error);
  auto strided = torch::empty({4, 4}, torch::kFloat32).t().narrow(0, 0, 2);
  EXPECT_THROW(field.fill(strided), c10::Error);
}

}  // namespace
}  // namespace wideproof::sim
