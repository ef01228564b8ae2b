// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/matrix_name.hpp>

#include <string>

#include <gmock/gmock.h>

#include <wideproof/compare/gram/assessment.hpp>
#include "invented.hpp"

namespace wideproof::compare {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using testing::Invented;
using ::testing::Not;
using ::testing::StartsWith;

TEST(MatrixName, IsThatOfAHiddenLayerUnlessItIsGiven) {
  const std::vector<MatrixName> names = {{.name = "the first", .symbol = "a", .key = "b"}};
  EXPECT_EQ(matrix_name(names, 0).name, "the first");
  EXPECT_EQ(matrix_name(names, 1).name, "layer 2");
  EXPECT_EQ(matrix_name(names, 1).symbol, "2");
  EXPECT_EQ(matrix_name(names, 1).key, "2");
  EXPECT_EQ(matrix_name(names, 1).entry({Quantity::gram, 0, 2}), "gram(1,3)");
}

TEST(MatrixName, CallsItsEntriesByItsQuantity) {
  const MatrixName name{.name = "the output", .symbol = "", .key = "", .quantity = "tangent"};
  EXPECT_EQ(name.entry({Quantity::gram, 1, 1}), "tangent(2,2)");
  EXPECT_EQ(name.entry({Quantity::correlation, 0, 1}), "correlation(1,2)");
}

/// Two layers, of which the second is off by 5%.
Assessment assessed_by(const Options& options) {
  Invented invented = testing::pair_of_inputs();
  invented.spread = 0.6;
  auto predicted = testing::truth(invented);
  predicted.back().gram *= 1.05;
  return testing::assess(predicted, testing::exact(invented), options);
}

TEST(MatrixName, StandsInClaimsAndReasons) {
  Options options;
  options.compared = "matrices";
  options.names = {{.name = "layer 1", .symbol = "1", .key = "1"},
                   {.name = "kernel of the output",
                    .symbol = "out",
                    .key = "output",
                    .quantity = "kernel",
                    .diagonal = "the diagonal"}};
  const Assessment named = assessed_by(options);
  const Assessment plain = assessed_by({});
  ASSERT_EQ(named.verdict.outcome, Outcome::disagree);
  ASSERT_EQ(named.claims.size(), plain.claims.size());
  for (const Claim& claim : named.claims) {
    EXPECT_THAT(claim.where, Not(HasSubstr("layer 2")));
    EXPECT_THAT(claim.where, Not(HasSubstr("gram(")));
  }
  EXPECT_THAT(named.claims.front().where, StartsWith("kernel of the output, "));
  EXPECT_THAT(named.claims.front().statement, HasSubstr("The matrices of all layers"));
  EXPECT_THAT(plain.claims.front().where, StartsWith("layer 2, "));
  EXPECT_THAT(named.verdict.reasons, Not(Contains(HasSubstr("layer 2"))));
}

}  // namespace
}  // namespace wideproof::compare
