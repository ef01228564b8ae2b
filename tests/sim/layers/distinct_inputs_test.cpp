// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/distinct_inputs.hpp>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

TEST(DistinctInputs, KeepsTheFirstOfThoseThatCoincide) {
  Eigen::MatrixXd inputs(5, 2);
  inputs << 1, 0, .6, .8, 1, 2e-16, -1, 0, .6, .8;
  const DistinctInputs distinct(inputs);
  Eigen::MatrixXd expected(3, 2);
  expected << 1, 0, .6, .8, -1, 0;
  EXPECT_EQ(distinct.vectors(), expected);
  Eigen::MatrixXd of_distinct(3, 3);
  of_distinct << 11, 12, 13, 12, 22, 23, 13, 23, 33;
  Eigen::MatrixXd of_all(5, 5);
  of_all << 11, 12, 11, 13, 12,  //
      12, 22, 12, 23, 22,        //
      11, 12, 11, 13, 12,        //
      13, 23, 13, 33, 23,        //
      12, 22, 12, 23, 22;
  EXPECT_EQ(distinct.for_all(of_distinct), of_all);
  EXPECT_EQ(distinct.for_all({}).size(), 0);
}

TEST(DistinctInputs, TellsApartWhatRoundingDoesNot) {
  Eigen::MatrixXd inputs(2, 2);
  inputs << 1, 0, 1, 1e-14;
  EXPECT_EQ(DistinctInputs(inputs).count(), 2);
  EXPECT_EQ(DistinctInputs(inputs).for_all(inputs), inputs);
}

}  // namespace
}  // namespace wideproof::sim
