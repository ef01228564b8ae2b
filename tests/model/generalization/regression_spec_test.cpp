// SPDX-License-Identifier: MIT
#include <wideproof/model/generalization/regression_spec.hpp>

#include <gmock/gmock.h>

#include <functional>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::HasSubstr;

std::string refusal_of(const std::function<void(RegressionSpec&)>& change) {
  RegressionSpec spec;
  change(spec);
  return refusal([&] { spec.validate(); });
}

TEST(RegressionSpec, TakesItsDefaults) {
  EXPECT_NO_THROW(RegressionSpec{}.validate());
}

TEST(RegressionSpec, RefusesTrainingPointsThatDoNotAscend) {
  EXPECT_EQ(refusal_of([](RegressionSpec& s) {
              s.training_points = {64, 64};
            }),
            "generalization.training_points[1] = 64: must exceed the number before it, 64");
  EXPECT_THAT(refusal_of([](RegressionSpec& s) { s.training_points = {}; }),
              HasSubstr("must name at least one"));
  EXPECT_THAT(refusal_of([](RegressionSpec& s) { s.training_points = {0}; }),
              HasSubstr("[0] = 0: must lie in [1, 32768]"));
}

TEST(RegressionSpec, RefusesAPoolBeyondItsBound) {
  EXPECT_THAT(refusal_of([](RegressionSpec& s) {
                s.training_points = {10000};
                s.pool_ratio = 4;
              }),
              HasSubstr("asks for a pool of 40000 points; at most 32768"));
}

TEST(RegressionSpec, HasOneDrawWhereTheSplitIsFixed) {
  EXPECT_THAT(refusal_of([](RegressionSpec& s) { s.split = RegressionSpec::Split::alternate; }),
              HasSubstr("generalization.draws = 5: must be 1"));
  EXPECT_THAT(refusal_of([](RegressionSpec& s) {
                s.split = RegressionSpec::Split::alternate;
                s.draws = 1;
                s.pool_ratio = 1;
              }),
              HasSubstr("generalization.pool_ratio = 1: must lie in [2, 1000]"));
}

TEST(RegressionSpec, PredictsNoMoreDrawsThanThereAre) {
  EXPECT_THAT(refusal_of([](RegressionSpec& s) { s.predicted_draws = 6; }),
              HasSubstr("generalization.predicted_draws = 6: must lie in [0, 5]"));
  EXPECT_EQ(RegressionSpec{}.number_predicted(), 5);
}

TEST(RegressionSpec, RefusesARidgeBelowZero) {
  EXPECT_THAT(refusal_of([](RegressionSpec& s) { s.ridge = -1e-9; }),
              HasSubstr("generalization.ridge = -1e-09: must lie in [0"));
}

}  // namespace
}  // namespace wideproof::model
