// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/batch_order.hpp>

#include <algorithm>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace wideproof::train {
namespace {

const std::vector<Eigen::Index> training = {0, 2, 3, 5, 8, 9, 11};
constexpr sim::NetworkId id{.seed = 3, .width = 16, .replicate = 1};

std::vector<std::int64_t> epoch_of(BatchOrder& order, std::int64_t first, std::int64_t batches) {
  std::vector<std::int64_t> rows;
  for (std::int64_t step = first; step < first + batches; ++step) {
    const auto& batch = order.batch(step);
    rows.insert(rows.end(), batch.begin(), batch.end());
  }
  return rows;
}

TEST(BatchOrder, CoversEachInputOnceAnEpochInNewOrders) {
  BatchOrder order(id, training, 3);
  EXPECT_EQ(order.batch(0).size(), 3U);
  EXPECT_EQ(order.batch(2).size(), 1U);
  auto first = epoch_of(order, 0, 3);
  auto second = epoch_of(order, 3, 3);
  EXPECT_NE(first, second);
  EXPECT_EQ(first, epoch_of(order, 0, 3));  // in any order of asking
  for (auto* epoch : {&first, &second}) {
    std::sort(epoch->begin(), epoch->end());
    EXPECT_TRUE(std::equal(epoch->begin(), epoch->end(), training.begin(), training.end()));
  }
}

TEST(BatchOrder, IsNamedBySeedWidthAndReplicate) {
  std::vector<std::vector<std::int64_t>> orders;
  for (const auto& other :
       {id, sim::NetworkId{4, 16, 1}, sim::NetworkId{3, 17, 1}, sim::NetworkId{3, 16, 2}}) {
    BatchOrder order(other, training, 2);
    orders.push_back(epoch_of(order, 0, 4));
  }
  for (std::size_t i = 0; i < orders.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(orders[i], orders[j]);
  }
}

TEST(BatchOrder, LeavesFullBatchesInTheirOwnOrder) {
  BatchOrder order(id, training, static_cast<std::int64_t>(training.size()));
  for (const std::int64_t step : {0, 7}) {
    const auto& batch = order.batch(step);
    EXPECT_TRUE(std::equal(batch.begin(), batch.end(), training.begin(), training.end()));
  }
}

}  // namespace
}  // namespace wideproof::train
