// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/axes.hpp>

#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "invented_grid.hpp"

namespace wideproof::report {
namespace {

using compare::SweepResult;
using compare::testing::grid;

TEST(SweepAxes, PutTheNumericKeyWithMostValuesFirst) {
  const compare::SweepResult sweep = grid({"0.001", "0.1"}, {"0", "4", "8"}, {"box", "none"});
  const std::vector<SweepAxis> axes = sweep_axes(sweep);
  EXPECT_EQ(axes[0].name, "degree");
  EXPECT_FALSE(axes[0].logarithmic);
  EXPECT_EQ(axes[1].name, "active fraction");
  EXPECT_TRUE(axes[1].logarithmic);
  EXPECT_FALSE(axes[2].numeric);
  EXPECT_EQ(sweep_groups(sweep, axes, 2).size(), 2u);
  EXPECT_EQ(position(axes[2], sweep.points[1]), 2.0);
}

TEST(SweepGroups, AreToldApartByMoreThanTheirTitles) {
  const compare::SweepResult sweep = grid({"0.1", "0.2", "0.3"}, {"4.00001", "4.00002"});
  const auto groups = sweep_groups(sweep, sweep_axes(sweep), 1);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].title, "m = 4");
  EXPECT_EQ(groups[1].points, (std::vector<std::size_t>{1, 3, 5}));
}

TEST(SweepAxes, AreLogarithmicOnlyWhereThatSpreadsTheNumbersEvenly) {
  EXPECT_TRUE(wants_logarithm({0.001, 0.01, 0.1, 0.5}));
  EXPECT_TRUE(wants_logarithm({0.01, 0.5}));
  EXPECT_FALSE(wants_logarithm({0.01, 0.13, 0.25, 0.37, 0.49}));
  EXPECT_FALSE(wants_logarithm({0.1, 0.2, 0.4}));
  EXPECT_FALSE(wants_logarithm({-1.0, 0.01, 100.0}));
}

}  // namespace
}  // namespace wideproof::report
