// SPDX-License-Identifier: MIT
#include <wideproof/report/page/claims_table.hpp>

#include <limits>

#include <gmock/gmock.h>

namespace wideproof::report {
namespace {

using ::testing::EndsWith;

TEST(ClaimsTable, PutsTextsBetweenQuotesOnce) {
  compare::Claim claim;
  claim.name = "limit";
  claim.outcome = compare::Outcome::agree;
  claim.statement = "The \"norm\" is 1.";
  claim.where = "layer 1, gram(3,4)";
  claim.prediction = 1.0;
  claim.measurement = 0.5;
  EXPECT_THAT(claims_table({claim}),
              EndsWith("obstacle\nlimit,agree,,,\"layer 1, gram(3,4)\",1,0.5,,,"
                       "\"The \"\"norm\"\" is 1.\",\"\",\"\"\n"));
}

TEST(ClaimsTable, LeavesOutNumbersThatDoNotExist) {
  compare::Claim claim;
  claim.name = "limit";
  claim.p_value = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(claims_table({claim}), EndsWith("limit,inconclusive,,,\"\",,,,,\"\",\"\",\"\"\n"));
}

}  // namespace
}  // namespace wideproof::report
