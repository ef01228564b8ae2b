// SPDX-License-Identifier: MIT
#include <wideproof/compare/verdict.hpp>

#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include <wideproof/compare/assessment.hpp>
#include <wideproof/model/input_error.hpp>
#include "invented.hpp"

namespace wideproof::compare {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Invented;
using ::testing::ThrowsMessage;

/// Two inputs, three layers, 1/n bias, standard errors of the limits near 1e-3.
Invented precise() {
  Invented invented;
  invented.layers = 3;
  invented.limit = testing::equicorrelated(2, 0.5);
  invented.first = 10.0;
  invented.spread = 0.6;
  return invented;
}

Verdict judged(const Invented& invented, double wrong_by = 0.0, const Options& options = {}) {
  auto predicted = testing::truth(invented);
  predicted.back().gram(0, 0) += wrong_by;
  return assess(predicted, testing::exact(invented), options).verdict;
}

TEST(Verdict, AgreesWithATruePrediction) {
  const Verdict verdict = judged(precise());
  EXPECT_EQ(verdict.outcome, Outcome::agree);
  EXPECT_EQ(verdict.p_value, 1.0);
  EXPECT_EQ(verdict.family_error, 0.01);
  EXPECT_THAT(verdict.reasons[0], HasSubstr("every limit lies within 0.02"));
}

TEST(Verdict, DisagreesWithALimitOffByFivePercent) {
  for (const double wrong_by : {0.05, -0.05}) {
    const Verdict verdict = judged(precise(), wrong_by);
    EXPECT_EQ(verdict.outcome, Outcome::disagree);
    EXPECT_LT(verdict.p_value, 1e-6);
    EXPECT_THAT(verdict.reasons[0], HasSubstr("layer 3, gram[0][0] = 1 ±"));
  }
}

TEST(Verdict, SaysWhereASignificantDifferenceIsSmall) {
  Invented invented = precise();
  invented.spread = 0.06;
  const Verdict verdict = judged(invented, 0.005);
  EXPECT_EQ(verdict.outcome, Outcome::disagree);
  EXPECT_THAT(verdict.reasons[1], HasSubstr("within 0.02 of its prediction all the same"));
}

TEST(Verdict, IsInconclusiveWhereTheErrorsAreLarge) {
  Invented invented = precise();
  invented.spread = 20.0;
  const Verdict verdict = judged(invented);
  EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(verdict.reasons, ElementsAre(HasSubstr("times the replicates would settle it")));
  EXPECT_EQ(judged(invented, 0.025).outcome, Outcome::inconclusive);
  EXPECT_THAT(judged(invented, 0.025).reasons,
              ElementsAre(HasSubstr("would tell a real difference of that size from chance")));
}

TEST(Verdict, ReplicatesByTheStatedFactorSettleIt) {
  Invented invented = precise();
  invented.spread = 20.0;
  const auto factor = [&] {
    return assess(testing::truth(invented), testing::exact(invented), {})
        .extrapolation->layers[0]
        .equivalence.replicate_factor;
  };
  invented.replicates =
      static_cast<std::int64_t>(std::ceil(factor() * static_cast<double>(invented.replicates)));
  EXPECT_EQ(judged(invented).outcome, Outcome::agree);
  invented.replicates = invented.replicates * 9 / 10;
  EXPECT_EQ(judged(invented).outcome, Outcome::inconclusive);
}

TEST(Verdict, DoesNotConvictOnALineWhereAParabolaAcquits) {
  // The line's z is about 5.1 and the parabola's 5.1/1.49 = 3.4, on either side of the family's 4.
  Invented invented;
  invented.spread = 1.0;
  invented.limit = testing::equicorrelated(3, 0.5);
  invented.layers = 3;
  const double line_error = 0.94 / std::sqrt(4096.0 * 100.0);
  const Verdict verdict = judged(invented, 5.1 * line_error);
  EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(verdict.reasons, ElementsAre(HasSubstr("lines in 1/n miss the prediction"),
                                           HasSubstr("but parabolas do not")));
}

TEST(Verdict, DoesNotTrustALimitOfAnUnfitLaw) {
  Invented invented = precise();
  invented.widths = {256, 512, 1024};
  invented.second = 1e5;
  const Verdict verdict = judged(invented);
  EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(verdict.reasons, ElementsAre(HasSubstr("do not follow a law of order 1 in 1/n")));
}

TEST(Verdict, AgreesThroughAParabola) {
  Invented invented = precise();
  invented.second = 1e5;
  EXPECT_EQ(judged(invented).outcome, Outcome::agree);
  EXPECT_EQ(judged(invented, 0.05).outcome, Outcome::disagree);
}

TEST(Verdict, SaysThatTwoWidthsDoNotTestTheLaw) {
  Invented invented = precise();
  invented.widths = {1024, 2048};
  const Verdict verdict = judged(invented);
  EXPECT_EQ(verdict.outcome, Outcome::agree);
  EXPECT_THAT(verdict.reasons.back(), HasSubstr("no width is left over to test the 1/n law"));
}

TEST(Verdict, JudgesOneWidthByTheMarginAlone) {
  Invented invented = precise();
  invented.widths = {2048};  // bias 10/2048 = 0.005
  const Verdict agree = judged(invented);
  EXPECT_EQ(agree.outcome, Outcome::agree);
  EXPECT_THAT(agree.reasons.back(), HasSubstr("one width cannot tell the 1/n bias"));
  const Verdict beyond = judged(invented, 0.06);
  EXPECT_EQ(beyond.outcome, Outcome::inconclusive);
  EXPECT_THAT(beyond.reasons[0], HasSubstr("at width 2048 a mean lies beyond 0.02"));
  invented.spread = 20.0;
  EXPECT_EQ(judged(invented).outcome, Outcome::inconclusive);
}

TEST(Verdict, ConvictsNobodyWithFewerThanFourWidths) {
  Invented invented = precise();
  invented.widths = {512, 1024, 2048};
  const Verdict three = judged(invented, 0.06);
  EXPECT_EQ(three.outcome, Outcome::inconclusive);
  EXPECT_LT(three.p_value, 1e-6);
  EXPECT_THAT(three.reasons, Contains(HasSubstr("simulate four widths or more")));
  invented.widths = {256, 512, 1024, 2048};
  EXPECT_EQ(judged(invented, 0.06).outcome, Outcome::disagree);
}

TEST(Verdict, NamesWhereActivationsOverflowed) {
  const Invented invented = precise();
  auto measurement = testing::exact(invented);
  measurement[4].gram.variance(1, 1) = std::numeric_limits<double>::infinity();
  const Assessment assessment = assess(testing::truth(invented), measurement, {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.verdict.reasons,
              ElementsAre(HasSubstr("width 512, layer 2: the gram is not finite")));
  EXPECT_TRUE(std::isnan(assessment.verdict.p_value));
}

TEST(Verdict, RejectsOptionsOutOfRange) {
  const auto error = [](const Options& options, const char* text) {
    EXPECT_THAT([&] { judged(precise(), 0.0, options); },
                ThrowsMessage<model::InputError>(HasSubstr(text)));
  };
  Options options;
  options.family_error = 1.3;
  error(options, "compare.family_error = 1.3: must lie in (0, 0.5]");
  options = {};
  options.equivalence_margin = std::numeric_limits<double>::quiet_NaN();
  error(options, "compare.equivalence_margin = nan: must lie in (0, 1]");
  options = {};
  options.order = 3;
  error(options, "compare.order = 3: must be 0, 1 or 2");
}

}  // namespace
}  // namespace wideproof::compare
