// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/stopping_rule.hpp>

#include <vector>

#include <gmock/gmock.h>

namespace wideproof::sim {
namespace {

TEST(StoppingRule, LooksAtTheEndsOfBlocksThatGrowByAnEighth) {
  const StoppingRule rule{.replicates = 10000, .precision = .01};
  std::vector<std::int64_t> looks;
  for (std::int64_t count = 0; count <= 120; ++count) {
    if (rule.is_look(count)) looks.push_back(count);
  }
  EXPECT_THAT(looks, ::testing::ElementsAre(64, 72, 80, 88, 96, 108, 120));
}

TEST(StoppingRule, CountsTheLooksAWidthMayHave) {
  EXPECT_EQ((StoppingRule{.replicates = 10000}.looks()), 1);
  EXPECT_EQ((StoppingRule{.replicates = 50, .precision = .01}.looks()), 1);
  EXPECT_EQ((StoppingRule{.replicates = 100, .precision = .01}.looks()), 6);  // 64 … 96, 100
  EXPECT_EQ((StoppingRule{.replicates = 120, .precision = .01}.looks()), 7);  // … 108, 120
}

TEST(StoppingRule, IsMetAtTheFirstLookThatIsPreciseEnough) {
  const StoppingRule rule{.replicates = 1000, .precision = .01};
  EXPECT_FALSE(rule.is_met(64, [] { return .011; }));
  EXPECT_TRUE(rule.is_met(64, [] { return .01; }));
  EXPECT_FALSE(rule.is_met(68, [] { return .001; }));  // no look
  EXPECT_TRUE(rule.is_met(1000, [] { return 1.; }));
}

TEST(StoppingRule, WithoutAPrecisionCountsReplicatesOnly) {
  const StoppingRule rule{.replicates = 100};
  EXPECT_FALSE(rule.is_met(64, [] { return 0.; }));
  EXPECT_TRUE(rule.is_met(100, [] { return 1.; }));
}

}  // namespace
}  // namespace wideproof::sim
