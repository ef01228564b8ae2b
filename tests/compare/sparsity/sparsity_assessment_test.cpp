// SPDX-License-Identifier: MIT
#include <wideproof/compare/sparsity/sparsity_assessment.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <wideproof/compare/limits/limit_claims.hpp>

#include "invented_sparsity.hpp"

namespace wideproof::compare {
namespace {

using model::SparsityNumber;
using testing::draw_sparsity;
using testing::InventedSparsity;
using testing::truth_of;

std::vector<std::string> names_of(const std::vector<OpenClaim>& claims) {
  std::vector<std::string> names;
  for (const auto& open : claims) names.push_back(open.claim.name);
  return names;
}

TEST(SparsityMeans, LeaveOutNetworksWithoutTheNumber) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const auto of = [](const std::vector<double>& x) {
    return sparsity_mean(Eigen::VectorXd::Map(x.data(), static_cast<Eigen::Index>(x.size())));
  };
  const auto some = of({1, none, 3});
  EXPECT_EQ(some.networks, 2);
  EXPECT_EQ(some.mean, 2);
  EXPECT_EQ(some.variance, 2);
  EXPECT_EQ(some.standard_error, 1);
  EXPECT_EQ(of({none, 5}).mean, 5);
  EXPECT_TRUE(std::isnan(of({none, 5}).standard_error));
  EXPECT_TRUE(std::isnan(of({none}).mean));
}

TEST(SparsityAssessment, MeasuresWithoutClaimsUnlessAsked) {
  const InventedSparsity law;
  const auto found = assess_sparsity(truth_of(law), draw_sparsity(law, 1), {}, false);
  EXPECT_EQ(found.means.size(), 12U);
  EXPECT_TRUE(found.are_limits);
  EXPECT_NE(found.estimate(SparsityNumber::hoyer, 3), nullptr);
  EXPECT_TRUE(found.claims.empty());
  EXPECT_EQ(found.shortfall, "");
}

TEST(SparsityAssessment, ClaimsLimitsEquivalenceAndFluctuation) {
  const InventedSparsity law;
  const auto found = assess_sparsity(truth_of(law), draw_sparsity(law, 1), {}, true);
  EXPECT_THAT(names_of(found.claims),
              ::testing::ElementsAre("sparsity-limit", "sparsity-numbers", "sparsity-equivalence",
                                     "sparsity-fluctuation"));
  const auto* const estimate = found.estimate(SparsityNumber::lifetime, 2);
  ASSERT_NE(estimate, nullptr);
  EXPECT_EQ(estimate->number.predicted, law.lifetime);
}

TEST(SparsityAssessment, ShowsMeansAtTheOnlyWidth) {
  InventedSparsity law;
  law.widths = {4096};
  const auto found = assess_sparsity(truth_of(law), draw_sparsity(law, 1), {}, true);
  EXPECT_FALSE(found.are_limits);
  EXPECT_THAT(names_of(found.claims), ::testing::ElementsAre("sparsity-equivalence"));
}

TEST(SparsityAssessment, SaysWhyNothingIsJudged) {
  InventedSparsity law;
  EXPECT_THAT(assess_sparsity({}, draw_sparsity(law, 1), {}, true).shortfall,
              ::testing::HasSubstr("no sparsity is predicted"));
  EXPECT_THAT(assess_sparsity(truth_of(law), {}, {}, true).shortfall,
              ::testing::HasSubstr("no sparsity was measured"));
  law.silent_networks = 1.0;
  const auto dead = assess_sparsity(truth_of(law), draw_sparsity(law, 1), {}, true);
  EXPECT_THAT(dead.shortfall, ::testing::HasSubstr("at width 256 no input activates a neuron"));
  EXPECT_TRUE(dead.claims.empty());
  law.silent_networks = 0.0;
  law.networks = 1;
  EXPECT_THAT(assess_sparsity(truth_of(law), draw_sparsity(law, 1), {}, true).shortfall,
              ::testing::HasSubstr("it takes two networks"));
}

/// No claim of a wrong prediction convicts where networks are silent, few, or of few widths.
TEST(SparsityAssessment, DoesNotConvictWhereItMayNot) {
  InventedSparsity silent;
  silent.silent_networks = 0.2;
  InventedSparsity few;
  few.networks = 6;
  InventedSparsity narrow;
  narrow.widths = {256, 1024};
  for (const auto& law : {silent, few, narrow}) {
    auto wrong = truth_of(law);
    for (auto& layer : wrong.layers) layer.hoyer.value *= 1.2;
    auto found = assess_sparsity(wrong, draw_sparsity(law, 1), {}, true);
    ASSERT_FALSE(found.claims.empty());
    EXPECT_NE(found.shortfall, "");
    for (const auto& claim : judged_claims(found.claims, 0.05))
      EXPECT_NE(claim.outcome, Outcome::disagree) << claim.name;
  }
}

/// Hoyer's sparseness of a step is the same in every network.
TEST(SparsityAssessment, TakesNumbersWithoutScatter) {
  InventedSparsity law;
  law.variance = 0.0;
  law.bias = 0.0;
  auto found = assess_sparsity(truth_of(law), draw_sparsity(law, 1), {}, true);
  EXPECT_EQ(found.shortfall, "");
  for (const auto& claim : judged_claims(found.claims, 0.05)) {
    EXPECT_EQ(claim.outcome, Outcome::agree) << claim.name;
    EXPECT_NE(claim.name, "sparsity-fluctuation");
  }
  auto wrong = truth_of(law);
  wrong.layers.front().hoyer.value += 1e-3;
  const auto claims =
      judged_claims(assess_sparsity(wrong, draw_sparsity(law, 1), {}, true).claims, 0.05);
  EXPECT_TRUE(std::any_of(claims.begin(), claims.end(),
                          [](const Claim& claim) { return claim.outcome == Outcome::disagree; }));
}

}  // namespace
}  // namespace wideproof::compare
