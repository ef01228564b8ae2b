// SPDX-License-Identifier: MIT
#include <wideproof/model/entry_classes.hpp>

#include <gtest/gtest.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/inputs.hpp>

namespace wideproof::model {
namespace {

TEST(EntryClasses, OfACircleAreItsAngles) {
  const EntryClasses classes(circle_inputs(8).cosines());
  ASSERT_EQ(classes.count(), 5);  // the diagonal, 45°, 90°, 135°, 180°
  EXPECT_EQ(classes.sizes(), Eigen::VectorXi((Eigen::VectorXi(5) << 8, 8, 8, 8, 4).finished()));
  EXPECT_EQ(classes.labels()(0, 1), 1);
  EXPECT_EQ(classes.labels()(7, 0), 1);
  EXPECT_EQ(classes.labels()(2, 6), 4);
}

TEST(EntryClasses, ShareManyCosinesOutEvenly) {
  const auto cosines = gaussian_inputs(20, 30, 3).cosines();
  const EntryClasses classes(cosines);
  ASSERT_EQ(classes.count(), 1 + EntryClasses::most_classes);
  EXPECT_EQ(classes.sizes()[0], 20);
  EXPECT_EQ(classes.sizes().tail(8).sum(), 190);
  EXPECT_GE(classes.sizes().tail(8).minCoeff(), 23);
  EXPECT_LE(classes.sizes().tail(8).maxCoeff(), 24);
  const auto means = classes.means(cosines);
  for (Eigen::Index i = 1; i < means.size(); ++i) EXPECT_LT(means[i], means[i - 1]);
}

TEST(EntryClasses, NeverPartPairsOfOneCosine) {
  Eigen::MatrixXd cosines = Eigen::MatrixXd::Constant(30, 30, 0.5);
  for (Eigen::Index a = 0; a < 10; ++a) cosines(a, a + 10) = cosines(a + 10, a) = 0.01 * a;
  cosines.diagonal().setOnes();
  const EntryClasses classes(cosines);
  EXPECT_EQ(classes.sizes()[1], 30 * 29 / 2 - 10);
  EXPECT_LE(classes.count(), 1 + EntryClasses::most_classes);
}

TEST(EntryClasses, TellCoincidingInputsFromNearOnes) {
  Eigen::MatrixXd deficits(4, 4);
  deficits << 0, 0, 1e-12, 1e-10,                //
      0, 0, 1e-12 * (1 + 1e-10), 2,              //
      1e-12, 1e-12 * (1 + 1e-10), 0, 2 - 1e-12,  //
      1e-10, 2, 2 - 1e-12, 0;
  const EntryClasses classes{Deficits(deficits)};
  EXPECT_EQ(classes.labels(),
            (Eigen::MatrixXi{{0, 1, 2, 3}, {1, 0, 2, 4}, {2, 2, 0, 4}, {3, 4, 4, 0}}));
}

TEST(EntryClasses, OfOrdinaryInputsAreThoseOfTheirCosines) {
  for (const auto& inputs : {circle_inputs(8), circle_inputs(180, true), gaussian_inputs(30, 6, 2),
                             cosine_inputs({1, .9, .5, -.3, 0})}) {
    EXPECT_EQ(EntryClasses(inputs.deficits()).labels(), EntryClasses(inputs.cosines()).labels());
  }
}

TEST(EntryClasses, AverageTheDistinctEntries) {
  Eigen::MatrixXd cosines(3, 3);
  cosines << 1, .5, .2, .5, 1, .5, .2, .5, 1;
  Eigen::MatrixXd matrix(3, 3);
  matrix << 1, 10, 20, 10, 2, 30, 20, 30, 6;
  EXPECT_EQ(EntryClasses(cosines).means(matrix), Eigen::Vector3d(3, 20, 20));
}

TEST(EntryClasses, OfOneInputAreItsNorm) {
  const EntryClasses classes(Eigen::MatrixXd::Ones(1, 1));
  EXPECT_EQ(classes.count(), 1);
}

TEST(EntryClasses, ComeBackFromTheirLabels) {
  const EntryClasses classes(circle_inputs(5).cosines());
  const auto again = EntryClasses::from_labels(classes.labels());
  EXPECT_EQ(again.labels(), classes.labels());
  EXPECT_EQ(again.sizes(), classes.sizes());
}

TEST(EntryClasses, RefuseLabelsThatAreNone) {
  Eigen::MatrixXi labels(2, 2);
  labels << 0, 1, 2, 0;
  EXPECT_THROW(EntryClasses::from_labels(labels), InputError);
  labels << 0, 2, 2, 0;  // a gap
  EXPECT_THROW(EntryClasses::from_labels(labels), InputError);
  labels << 1, 1, 1, 0;
  EXPECT_THROW(EntryClasses::from_labels(labels), InputError);
}

}  // namespace
}  // namespace wideproof::model
