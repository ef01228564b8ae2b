// SPDX-License-Identifier: MIT
#include <wideproof/sim/random/random_order.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>

namespace wideproof::sim {
namespace {

const StreamName order_stream{.seed = 4, .purpose = Purpose::row_orders, .layer = 1};

TEST(RandomOrder, HasEveryNumberOnce) {
  for (const std::int64_t size : {1, 2, 128, 129, 1000}) {
    auto order = random_order(order_stream, 3, size);
    std::sort(order.begin(), order.end());
    std::vector<std::int64_t> all(static_cast<std::size_t>(size));
    std::iota(all.begin(), all.end(), 0);
    EXPECT_EQ(order, all);
  }
}

TEST(RandomOrder, DependsOnItsNumberAndName) {
  auto other = order_stream;
  other.layer = 2;
  const auto order = random_order(order_stream, 0, 200);
  EXPECT_EQ(order, random_order(order_stream, 0, 200));
  EXPECT_NE(order, random_order(order_stream, 1, 200));
  EXPECT_NE(order, random_order(other, 0, 200));
}

TEST(RandomOrder, MakesAsManySignsOfEitherKind) {
  const auto sum = [](std::int64_t size) {
    const auto signs = balanced_signs(order_stream, size);
    EXPECT_THAT(signs, ::testing::Each(::testing::AnyOf(1.0, -1.0)));
    return std::accumulate(signs.begin(), signs.end(), 0.0);
  };
  EXPECT_EQ(sum(100), 0);
  EXPECT_EQ(sum(101), 1);
}

}  // namespace
}  // namespace wideproof::sim
