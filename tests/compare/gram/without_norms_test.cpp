// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/without_norms.hpp>

#include <algorithm>

#include <gmock/gmock.h>

#include "invented.hpp"

namespace wideproof::compare {
namespace {

using ::testing::HasSubstr;

/// Three inputs of norm 2; what is not 0.5 of a pair's correlation is said by `wrong_by`.
Assessment judged_by_correlations(double wrong_by, std::uint64_t seed = 5) {
  testing::Invented invented;
  invented.layers = 2;
  invented.limit = 2.0 * testing::equicorrelated(3, 0.5);
  invented.first = 0.7;
  invented.spread = 0.5;
  testing::Rng rng(seed);
  const auto sample = testing::draw(invented, rng);
  Options options;
  options.norms_are_predicted = false;
  const auto correlations = testing::equicorrelated(3, 0.5 + wrong_by);
  return assess(predicted_layers({correlations, correlations}), without_norms(sample.measurement),
                without_norms(sample.series), options);
}

// Norms of 2 where the prediction has 1.
TEST(WithoutNorms, NothingIsClaimedOfNorms) {
  const auto assessment = judged_by_correlations(0.0);
  EXPECT_NE(assessment.verdict.outcome, Outcome::disagree);
  EXPECT_TRUE(assessment.at_largest_width().front().equivalence.holds);
  for (const auto& claim : assessment.claims) {
    EXPECT_THAT(claim.where, Not(HasSubstr("norms")));
    EXPECT_THAT(claim.statement, Not(HasSubstr("Gram"))) << claim.name;
  }
}

TEST(WithoutNorms, AWrongCorrelationIsConvictedAndNamed) {
  const auto assessment = judged_by_correlations(0.02);
  EXPECT_EQ(assessment.verdict.outcome, Outcome::disagree);
  for (const auto& claim : assessment.claims) {
    EXPECT_THAT(claim.where, Not(HasSubstr("gram"))) << claim.name;
    if (claim.name == "limit") {
      EXPECT_THAT(claim.where, HasSubstr("like correlation(1,2)"));
    }
  }
}

// Rare entries are not tested, and norms are not predicted.
TEST(WithoutNorms, NothingIsJudgedWhereNoPairBearsAClaim) {
  testing::Invented invented;
  invented.limit = testing::equicorrelated(2, 0.0);
  invented.spread = 0.1;
  const auto sample = testing::exact(invented);
  Options options;
  options.norms_are_predicted = false;
  const auto assessment = assess(testing::truth(invented), without_norms(sample.measurement),
                                 without_norms(sample.series), options);
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_TRUE(assessment.claims.empty());
  ASSERT_EQ(assessment.verdict.reasons.size(), 1);
  EXPECT_THAT(assessment.verdict.reasons.front(), HasSubstr("no two inputs have a correlation"));
}

TEST(WithoutNorms, StillTellsHowMuchNormsVary) {
  testing::Invented invented;
  invented.spread = 20.0;
  invented.limit = testing::equicorrelated(2, 0.5);
  const auto sample = testing::exact(invented);
  const auto correlations = without_norms(sample.measurement);
  Options options;
  options.norms_are_predicted = false;
  const auto assessment =
      assess(testing::truth(invented), correlations, without_norms(sample.series), options);
  ASSERT_TRUE(assessment.too_narrow);
  EXPECT_EQ(assessment.too_narrow->width, 256);
}

TEST(WithoutNorms, TakesASilentNetworkFor0) {
  model::ClassSeries series;
  series.classes = model::EntryClasses(testing::equicorrelated(2, 0.5));
  series.widths.resize(1);
  series.widths[0].means = Eigen::MatrixXd{{2.0, 1.0}, {0.0, 0.0}};
  const auto means = without_norms(series).widths[0].means;
  EXPECT_EQ(means, (Eigen::MatrixXd{{1.0, 0.5}, {1.0, 0.0}}));
}

}  // namespace
}  // namespace wideproof::compare
