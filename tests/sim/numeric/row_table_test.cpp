// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/row_table.hpp>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

TEST(RowTable, KeepsRowsInTheirOrder) {
  RowTable table(2);
  table.add(Eigen::Vector2d(1, 2));
  RowTable later(2);
  later.add(Eigen::Vector2d(3, 4));
  later.add(Eigen::Vector2d(5, 6));
  table.append(later);
  Eigen::MatrixXd expected(3, 2);
  expected << 1, 2, 3, 4, 5, 6;
  EXPECT_EQ(table.matrix(), expected);
  EXPECT_EQ(RowTable(2, table.numbers()), table);
}

TEST(RowTable, KnowsWhetherItsRowsAreWhole) {
  EXPECT_TRUE(RowTable(3).has_rows(0));
  EXPECT_TRUE(RowTable(3, {1, 2, 3}).has_rows(1));
  EXPECT_FALSE(RowTable(3, {1, 2, 3, 4}).has_rows(1));
  EXPECT_FALSE(RowTable(3, {1, 2, 3}).has_rows(2));
}

TEST(RowTable, IsEmptyWithoutColumns) {
  RowTable table;
  table.add(Eigen::VectorXd());
  EXPECT_EQ(table.matrix().size(), 0);
  EXPECT_EQ(table.matrix().rows(), 0);
  EXPECT_TRUE(table.has_rows(1));
}

}  // namespace
}  // namespace wideproof::sim
