// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/wrong_dimensions.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideproof::theory {
namespace {

using model::Activation;
using testing::ElementsAre;

std::vector<std::string> names_of(const std::vector<CandidateDimensions>& candidates) {
  std::vector<std::string> names;
  for (const auto& candidate : candidates) names.push_back(candidate.name);
  return names;
}

const model::Network three_layers({.depth = 3,
                                   .activation = Activation::tanh,
                                   .weight_variance = 2.25});

TEST(CandidateDimensions, AreThoseThatDifferForTheSynapses) {
  EXPECT_THAT(names_of(candidate_dimensions(three_layers, {})),
              ElementsAre("the theory", "gain +2%", "gain -2%", "orthogonal synapses"));
  EXPECT_THAT(names_of(candidate_dimensions(three_layers, {.correlation = 1})),
              ElementsAre("the theory", "gain +2%", "gain -2%", "correlation +10%",
                          "correlation -10%", "no correlation"));
  EXPECT_THAT(names_of(candidate_dimensions(three_layers, {.law = model::SynapseLaw::orthogonal})),
              ElementsAre("the theory", "gain +2%", "gain -2%", "independent synapses"));
}

TEST(CandidateDimensions, DifferFromTheTheoryWhereTheySaySo) {
  const auto candidates = candidate_dimensions(three_layers, {.correlation = 1});
  EXPECT_FALSE(candidates[0].is_wrong);
  for (std::size_t k = 1; k < candidates.size(); ++k) {
    EXPECT_TRUE(candidates[k].is_wrong);
    ASSERT_EQ(candidates[k].layers.size(), 3U);
    const double ratio =
        candidates[k].layers[2].dimensionality / candidates[0].layers[2].dimensionality;
    EXPECT_GT(std::abs(ratio - 1), 0.003) << candidates[k].name;
  }
  // Of r ± 10%, at the first layer: 1/D̃ = 1 + η²(1 + r²).
  const double eta = candidates[0].layers[0].eta;
  EXPECT_NEAR(1 / candidates[3].layers[0].dimensionality, 1 + eta * eta * 2.21, 1e-12);
  EXPECT_NEAR(1 / candidates[4].layers[0].dimensionality, 1 + eta * eta * 1.81, 1e-12);
}

}  // namespace
}  // namespace wideproof::theory
