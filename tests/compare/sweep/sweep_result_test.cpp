// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_result.hpp>

#include <gtest/gtest.h>

#include "invented_grid.hpp"
#include "invented_overlap.hpp"

namespace wideproof::compare {
namespace {

using testing::grid;
using testing::overlaps;

TEST(SweepResult, FindsANumberByQuantityAndCoordinates) {
  const SweepPoint point = grid({"0.1"}, {"0"}).points.front();
  const SweepNumber* number = find_number(point, "error", 256, 4096);
  ASSERT_NE(number, nullptr);
  EXPECT_EQ(number->training_points, 256);
  EXPECT_EQ(number->width, 4096);
  EXPECT_EQ(find_number(point, "error", 256, 1024), nullptr);
  EXPECT_EQ(find_number(point, "error", 64, 4096), nullptr);
  EXPECT_EQ(find_number(point, "overlap", 256, 4096), nullptr);
}

TEST(SweepResult, ListsQuantitiesByTheirFirstAppearance) {
  SweepResult sweep = overlaps();
  for (const SweepPoint& point : grid({"0.1", "0.2"}, {"0"}).points) sweep.points.push_back(point);
  const std::vector<SharedQuantity> quantities = quantities_of(sweep);
  ASSERT_EQ(quantities.size(), 2u);
  EXPECT_EQ(quantities[0]->name, "overlap");
  EXPECT_EQ(quantities[1]->name, "error");
  EXPECT_TRUE(quantities_of({}).empty());
}

TEST(PointSelector, FindsPointsByNearNumbers) {
  SweepResult sweep{{"a", "b"}, {}};
  for (const char* a : {"0.1873817", "0.135"})
    for (const char* b : {"box", "none"}) sweep.points.push_back({.values = {a, b}});
  EXPECT_EQ(find_point(sweep, {{"a", "0.1874"}, {"b", "none"}}), 1u);
  EXPECT_FALSE(find_point(sweep, {{"a", "0.1874"}}));               // two
  EXPECT_FALSE(find_point(sweep, {{"a", "0.188"}, {"b", "box"}}));  // none
}

TEST(PointSelector, PrefersTheTextToANearNumber) {
  SweepResult sweep{{"study.seed", "f"}, {}};
  for (const char* seed : {"20240108", "20240109"})
    for (const char* f : {"0.1", "0.10005"}) sweep.points.push_back({.values = {seed, f}});
  EXPECT_EQ(find_point(sweep, {{"study.seed", "20240109"}, {"f", "0.10005"}}), 3u);
  EXPECT_FALSE(find_point(sweep, {{"study.seed", "20240107"}, {"f", "0.1"}}));  // whole numbers
  EXPECT_EQ(find_point(sweep, {{"study.seed", "20240108.0"}, {"f", "0.1"}}), 0u);
  EXPECT_FALSE(find_point(sweep, {{"study.seed", "20240108"}, {"f", "0.10002"}}));  // both near
  EXPECT_EQ(points_with(sweep, {}).size(), 4u);
  EXPECT_TRUE(points_with(sweep, {{"network.depth", "2"}}).empty());
}

}  // namespace
}  // namespace wideproof::compare
