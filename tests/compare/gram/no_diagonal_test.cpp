// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/gram/sweep_numbers.hpp>
#include "invented.hpp"

namespace wideproof::compare {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using testing::Invented;
using ::testing::Not;

/// Three inputs through two layers, the second's diagonals far off what is predicted of them.
Assessment assessed_without(bool has_diagonal, double pairs_off_by = 0.0) {
  Invented invented = testing::pair_of_inputs();
  invented.limit = testing::equicorrelated(3, 0.5);
  invented.spread = 0.3;
  auto predicted = testing::truth(invented);
  if (!has_diagonal) predicted.back().without_limit = Eigen::MatrixXd::Identity(3, 3);
  predicted.back().gram.array() += pairs_off_by;
  predicted.back().gram.diagonal().array() += 0.3;
  return testing::assess(predicted, testing::exact(invented), {});
}

TEST(NoDiagonal, LeavesPairsToBeJudgedAlone) {
  EXPECT_EQ(assessed_without(true).verdict.outcome, Outcome::disagree);
  const Assessment pairs = assessed_without(false);
  EXPECT_EQ(pairs.verdict.outcome, Outcome::agree) << pairs.verdict.reasons.front();
  EXPECT_THAT(pairs.verdict.reasons, Contains(HasSubstr("not judged: gram(1,1) at layer 2")));
  EXPECT_THAT(pairs.verdict.reasons, Contains(HasSubstr("every entry that has a limit lies")));
  for (const Claim& claim : pairs.claims)
    EXPECT_THAT(claim.where, Not(HasSubstr("layer 2, the norm")));
  // The farthest entry has a limit, even where no p is below 1.
  EXPECT_LT(pairs.extrapolation->layers[1].gram.z.cwiseAbs().maxCoeff(), 5.0);
  EXPECT_TRUE(pairs.at_largest_width()[1].equivalence.holds);
}

TEST(NoDiagonal, ShowsASweepNoNormAndNoCorrelation) {
  EXPECT_FALSE(last_layer_numbers(assessed_without(true)).empty());
  EXPECT_TRUE(last_layer_numbers(assessed_without(false)).empty());
}

TEST(NoDiagonal, DisagreesWithPairsThatAreOff) {
  const Assessment pairs = assessed_without(false, 0.1);
  EXPECT_EQ(pairs.verdict.outcome, Outcome::disagree);
  const LayerComparison& layer = pairs.extrapolation->layers[1];
  EXPECT_EQ(layer.gram.p(0, 0), 1.0);
  EXPECT_LT(layer.gram.p(0, 1), 1e-3);
}

// Two inputs may share what keeps their diagonals from a limit.
TEST(NoDiagonal, LeavesPairsWithoutLimitOut) {
  Invented invented = testing::pair_of_inputs();
  invented.limit = testing::equicorrelated(3, 0.5);
  invented.spread = 0.3;
  auto predicted = testing::truth(invented);
  predicted.back().gram.array() += 0.3;
  EXPECT_EQ(testing::assess(predicted, testing::exact(invented), {}).verdict.outcome,
            Outcome::disagree);
  predicted.back().without_limit = Eigen::MatrixXd::Ones(3, 3);
  const Assessment without = testing::assess(predicted, testing::exact(invented), {});
  EXPECT_EQ(without.verdict.outcome, Outcome::agree) << without.verdict.reasons.front();
}

}  // namespace
}  // namespace wideproof::compare
