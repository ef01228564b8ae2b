// SPDX-License-Identifier: MIT
#include <wideproof/sim/activity/class_selectivity.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

/// Three classes of 1, 2 and 4 inputs; the first neuron has class means 1, 3 and 0, the second 2,
/// 0 and 1, the third is silent.
ClassActivity three_classes() {
  ClassActivity activity;
  activity.inputs = Eigen::Array3d(1, 2, 4);
  activity.sums.resize(3, 3);
  activity.sums << 1, 6, 0,  //
      2, 0, 4,               //
      0, 0, 0;
  // All inputs of a class alike.
  activity.squares = Eigen::Array3d(1 + 2 * 9, 4 + 4, 0);
  return activity;
}

TEST(ClassSelectivity, HoldsTheBestClassAgainstAllOtherInputsOrAgainstTheOtherClasses) {
  const auto of = class_selectivity(three_classes());
  // First neuron: 3 against 1/5 over inputs, 1/2 over classes; second: 2 against 4/6, 1/2.
  EXPECT_DOUBLE_EQ(of.ccmas, ((3 - .2) / 3.2 + (2 - 2. / 3) / (2 + 2. / 3)) / 2);
  EXPECT_DOUBLE_EQ(of.class_selectivity, (2.5 / 3.5 + 1.5 / 2.5) / 2);
  EXPECT_DOUBLE_EQ(of.eta_squared, 1);
}

TEST(ClassSelectivity, IsTheSameOfBothWhereClassesAreEqual) {
  auto activity = three_classes();
  activity.inputs.setConstant(2);
  const auto of = class_selectivity(activity);
  EXPECT_DOUBLE_EQ(of.ccmas, of.class_selectivity);
}

/// Two classes of two inputs; a neuron of 0, 2 and 1, 3: class means 1 and 2, variance 1.25 of
/// which .25 lies between the classes.
TEST(ClassSelectivity, SharesOutTheVariance) {
  ClassActivity activity;
  activity.inputs = Eigen::Array2d(2, 2);
  activity.sums.resize(1, 2);
  activity.sums << 2, 4;
  activity.squares.resize(1);
  activity.squares << 0 + 4 + 1 + 9;
  EXPECT_DOUBLE_EQ(class_selectivity(activity).eta_squared, .2);
}

TEST(ClassSelectivity, LeavesOutAClassWithoutInputs) {
  auto activity = three_classes();
  const auto of_three = class_selectivity(activity);
  activity.inputs.conservativeResize(4);
  activity.inputs(3) = 0;
  activity.sums.conservativeResize(3, 4);
  activity.sums.col(3).setZero();
  const auto of_four = class_selectivity(activity);
  EXPECT_EQ(of_four.ccmas, of_three.ccmas);
  EXPECT_EQ(of_four.class_selectivity, of_three.class_selectivity);
}

TEST(ClassSelectivity, IsNotThereWithoutTwoClassesOrActivity) {
  auto activity = three_classes();
  activity.inputs = Eigen::Array3d(7, 0, 0);
  EXPECT_TRUE(std::isnan(class_selectivity(activity).ccmas));
  EXPECT_TRUE(std::isnan(class_selectivity(activity).eta_squared));
  activity = three_classes();
  activity.sums.setZero();
  activity.squares.setZero();
  EXPECT_TRUE(std::isnan(class_selectivity(activity).ccmas));
  EXPECT_TRUE(std::isnan(class_selectivity(activity).eta_squared));
}

TEST(ClassSelectivity, OfActivitiesThatCanBeNegativeIsTheVarianceAlone) {
  auto activity = three_classes();
  activity.is_signed = true;
  const auto of = class_selectivity(activity);
  EXPECT_TRUE(std::isnan(of.ccmas));
  EXPECT_TRUE(std::isnan(of.class_selectivity));
  EXPECT_DOUBLE_EQ(of.eta_squared, 1);
}

}  // namespace
}  // namespace wideproof::sim
