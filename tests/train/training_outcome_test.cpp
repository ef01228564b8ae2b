// SPDX-License-Identifier: MIT
#include <wideproof/train/training_outcome.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace wideproof::train {
namespace {

TEST(TrainingOutcome, LossesAreThoseOfTheRowsAlone) {
  Eigen::MatrixXd outputs(3, 2), targets(3, 2);
  outputs << 1, 2, 0, -1, 900, -900;
  targets << 1, 0, 0, 1, 1, 0;
  EXPECT_DOUBLE_EQ(loss_of(model::Loss::squared, outputs, targets, {0, 1}), 0.5 * (4 + 4));
  const double both = std::log(1 + std::exp(1.0));
  EXPECT_NEAR(loss_of(model::Loss::cross_entropy, outputs, targets, {0, 1}), both, 1e-14);
  EXPECT_EQ(loss_of(model::Loss::cross_entropy, outputs, targets, {2}), 0);
  EXPECT_TRUE(std::isnan(loss_of(model::Loss::squared, outputs, targets, {})));
}

TEST(TrainingOutcome, ClassesAreTheLargestOutputOrTheSign) {
  Eigen::MatrixXd outputs(4, 1), targets(4, 1);
  outputs << 0.2, -0.1, 3, -2;
  targets << 1, -1, -1, -1;
  EXPECT_DOUBLE_EQ(accuracy_of(outputs, targets, {0, 1, 2, 3}), 0.75);
  Eigen::MatrixXd several(2, 3), classes(2, 3);
  several << 0.1, 0.5, 0.4, 7, 7, 6;
  classes << 0, 1, 0, 0, 1, 0;
  EXPECT_DOUBLE_EQ(accuracy_of(several, classes, {0, 1}), 0.5);  // of equal ones the first
  outputs(0, 0) = std::nan("");
  EXPECT_TRUE(std::isnan(accuracy_of(outputs, targets, {0})));
}

TEST(TrainingOutcome, TheValidationSplitIsJudgedByItself) {
  model::TrainingData data;
  data.targets = Eigen::Vector4d(1, -1, 1, 1);
  data.are_classes = true;
  data.training = {0};
  data.validation = {1, 3};
  data.test = {2};
  model::TrainedState state;
  judge_outputs(Eigen::Vector4d(1, -2, -1, -1), data, model::Loss::squared, state);
  EXPECT_DOUBLE_EQ(state.validation_loss, 0.5 * (1 + 4));
  EXPECT_DOUBLE_EQ(state.validation_accuracy, 0.5);
  EXPECT_DOUBLE_EQ(state.accuracy, 1);
  EXPECT_DOUBLE_EQ(state.test_loss, 2);
}

TEST(TrainingOutcome, EffectiveDimensionCountsDirections) {
  EXPECT_DOUBLE_EQ(effective_dimension(Eigen::MatrixXd::Identity(5, 5)), 5);
  EXPECT_DOUBLE_EQ(effective_dimension(Eigen::MatrixXd::Ones(5, 5)), 1);
}

}  // namespace
}  // namespace wideproof::train
