// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/judgement.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/gram/claims.hpp>
#include <wideproof/model/input_error.hpp>
#include "calibration.hpp"
#include "invented.hpp"

namespace wideproof::compare {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Invented;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::ThrowsMessage;

Options judged_at(double family_error) {
  Options options;
  options.family_error = family_error;
  return options;
}

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
  EXPECT_GT(verdict.p_value, 0.05);
  EXPECT_EQ(verdict.family_error, 0.01);
  EXPECT_THAT(verdict.reasons[0], HasSubstr("at width 4096 every entry lies within 2%"));
}

TEST(Verdict, DisagreesWithALimitOffByFivePercent) {
  for (const double wrong_by : {0.05, -0.05}) {
    const Verdict verdict = judged(precise(), wrong_by);
    EXPECT_EQ(verdict.outcome, Outcome::disagree);
    EXPECT_LT(verdict.p_value, 1e-6);
    EXPECT_THAT(verdict.reasons,
                Contains(HasSubstr("limit: layer 3, the norm, less what the scatter of the other "
                                   "classes explains = 1 (95%: ")));
    EXPECT_THAT(verdict.reasons, Contains(HasSubstr("entries: layer 3, gram(1,1) = 1 (95%: ")));
  }
}

/// Of fewer the tails are not known, which log-normal norms of deep networks have.
TEST(Verdict, DisagreesFromTenNetworksOfAWidthOnOnly) {
  Invented invented = precise();
  invented.replicates = 10;
  EXPECT_EQ(judged(invented, 0.2).outcome, Outcome::disagree);
  invented.replicates = 9;
  const Verdict few = judged(invented, 0.2);
  EXPECT_EQ(few.outcome, Outcome::inconclusive);
  EXPECT_THAT(few.reasons, Contains(HasSubstr("fewer than 10 networks of a width are too few to "
                                              "show how heavy the tails of their norm are")));
}

TEST(Verdict, SaysWhereASignificantDifferenceIsSmall) {
  Invented invented = precise();
  invented.spread = 0.06;
  const Verdict verdict = judged(invented, 0.005);
  EXPECT_EQ(verdict.outcome, Outcome::disagree);
  EXPECT_THAT(verdict.reasons,
              Contains(HasSubstr("all the same, every limit lies within 2% of its prediction")));
}

TEST(Verdict, IsInconclusiveWhereTheErrorsAreLarge) {
  Invented invented = precise();
  invented.spread = 10.0;
  const Verdict verdict = judged(invented);
  EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(verdict.reasons, ElementsAre(MatchesRegex(
                                   ".*; if the prediction holds and the bias falls as 1/n, about "
                                   "[0-9.]+ times the replicates or a largest width of about "
                                   "[0-9,]+ would decide it in nine runs of ten")));
  EXPECT_EQ(judged(invented, 0.025).outcome, Outcome::inconclusive);
  EXPECT_THAT(judged(invented, 0.025).reasons,
              ElementsAre(HasSubstr("not known well enough for a margin of 2%")));
}

// A cubic's part moves the intercept of a parabola as a parabola's does that of a line.
TEST(Verdict, DoesNotConvictOnAParabolaWhereACubicAcquits) {
  Invented invented = precise();
  invented.first = 0.0;
  invented.spread = 0.1;
  testing::Sample sample = testing::exact(invented);
  for (auto& measured : sample.measurement)
    measured.gram.mean.array() += 3e6 / std::pow(static_cast<double>(measured.width), 3);
  for (auto& at : sample.series.widths)
    at.means.array() += 3e6 / std::pow(static_cast<double>(at.width), 3);
  const auto assessment = assess(testing::truth(invented), sample, judged_at(0.01));
  EXPECT_EQ(assessment.extrapolation->order, 2);
  EXPECT_LT(*testing::claim(assessment, "limit")->p_unguarded, 1e-6);
  EXPECT_GT(*testing::claim(assessment, "limit")->p_value, 0.05);
  EXPECT_NE(assessment.verdict.outcome, Outcome::disagree);
}

TEST(Verdict, ConvictsNobodyByNetworksTooNarrowForASeries) {
  Invented invented = precise();
  invented.spread = 20.0;  // 400/256: the variance of a norm is 1.6 at the narrowest width
  const auto options = judged_at(0.01);
  const auto assessment = assess(testing::truth(invented), testing::exact(invented), options);
  ASSERT_TRUE(assessment.too_narrow);
  EXPECT_EQ(assessment.too_narrow->width, 256);
  EXPECT_THAT(testing::claim(assessment, "limit")->obstacle,
              HasSubstr("at width 256 the norm of layer 1 varies from network to network by more "
                        "than its mean"));
  invented.spread = 10.0;
  EXPECT_FALSE(assess(testing::truth(invented), testing::exact(invented), options).too_narrow);
}

// No neuron was active for one input: the width says nothing of the limit.
TEST(Verdict, ConvictsNobodyByAWidthWithoutAnyActivity) {
  const Invented invented = precise();
  testing::Sample sample = testing::exact(invented);
  for (std::size_t i = 0; i < invented.layers; ++i) {
    auto& gram = sample.measurement[i].gram;
    gram.mean.row(0).setZero();
    gram.mean.col(0).setZero();
    gram.variance.row(0).setZero();
    gram.variance.col(0).setZero();
  }
  const auto assessment = assess(testing::truth(invented), sample, judged_at(0.01));
  ASSERT_TRUE(assessment.too_narrow);
  EXPECT_EQ(assessment.too_narrow->width, 256);
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
}

TEST(Verdict, RestsOnTestsThatSayThatTheyAreJoint) {
  const auto assessment = assess(testing::truth(precise()), testing::exact(precise()), {});
  for (const Claim& claim : assessment.claims) {
    const bool is_joint = claim.name == "limit" || claim.name == "fluctuation";
    EXPECT_EQ(claim.statement.find("tested jointly") != std::string::npos, is_joint) << claim.name;
  }
}

TEST(Verdict, ABiasBeyondTheMarginWantsTheStatedWidth) {
  // 120/4096 = 2.9% with next to no noise: within 2% from a width of 6000. The largest width
  // knows its bias so well that no room is needed for terms beyond 1/n.
  Invented invented = precise();
  invented.first = 120.0;
  invented.spread = 0.01;
  const Verdict verdict = judged(invented);
  EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(
      verdict.reasons,
      ElementsAre(HasSubstr("a largest width of about 6,100 would decide it in nine runs")));
  const auto equivalence = [&] {
    const auto assessment = assess(testing::truth(invented), testing::exact(invented), {});
    return *std::find_if(assessment.claims.begin(), assessment.claims.end(),
                         [](const Claim& claim) { return claim.name == "equivalence"; });
  };
  EXPECT_EQ(equivalence().outcome, Outcome::disagree);
  EXPECT_THAT(equivalence().statement, HasSubstr("This does not hold, which does not count "));
  invented.spread = 10.0;  // the mean is as far off, but may well be within
  EXPECT_EQ(equivalence().outcome, Outcome::inconclusive);
  EXPECT_THAT(equivalence().statement, Not(HasSubstr("does not hold")));
  invented.spread = 0.01;
  invented.widths = {1024, 2048, 4096, 6100};
  EXPECT_EQ(judged(invented).outcome, Outcome::agree);
}

TEST(Verdict, ReplicatesByTheStatedFactorSettleIt) {
  Invented invented = precise();
  invented.spread = 20.0;
  const auto factor = [&] {
    double largest = 0.0;
    for (const WidthComparison& at :
         assess(testing::truth(invented), testing::exact(invented), {}).widths)
      if (at.width == 4096) largest = std::max(largest, at.comparison.equivalence.replicate_factor);
    return largest;
  };
  invented.replicates =
      static_cast<std::int64_t>(std::ceil(factor() * static_cast<double>(invented.replicates)));
  EXPECT_EQ(judged(invented).outcome, Outcome::agree);
  invented.replicates = invented.replicates * 9 / 10;
  EXPECT_EQ(judged(invented).outcome, Outcome::inconclusive);
}

TEST(Verdict, DoesNotConvictOnALineWhereAParabolaAcquits) {
  // The line's z is about 6 and the parabola's 6/1.49 = 4, of 27 tests in a family of 4 claims.
  Invented invented;
  invented.spread = 1.0;
  invented.limit = testing::equicorrelated(3, 0.5);
  invented.layers = 3;
  const double line_error = 0.94 / std::sqrt(4096.0 * 100.0);
  const Verdict verdict = judged(invented, 6.0 * line_error, judged_at(0.005));
  EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(verdict.reasons, Contains(HasSubstr("entries: layer 3, gram(1,1) = 1")));
  EXPECT_THAT(verdict.reasons,
              Contains(HasSubstr("this does not count against the prediction: a 1/n² term that "
                                 "these widths cannot rule out could explain it")));
}

TEST(Verdict, DoesNotTrustALimitOfAnUnfitLaw) {
  Invented invented = precise();
  invented.widths = {256, 512, 1024};
  invented.second = 1e5;
  const Verdict verdict = judged(invented);
  EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(verdict.reasons, ElementsAre(HasSubstr("do not follow a series of order 1 in 1/n")));
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
  EXPECT_THAT(verdict.reasons.back(), HasSubstr("so few widths cannot test the 1/n law"));
}

TEST(Verdict, JudgesOneWidthByTheMarginAlone) {
  Invented invented = precise();
  invented.widths = {2048};  // bias 10/2048 = 0.005
  const Verdict agree = judged(invented);
  EXPECT_EQ(agree.outcome, Outcome::agree);
  EXPECT_THAT(agree.reasons.back(), HasSubstr("one width cannot tell the 1/n bias"));
  const Verdict beyond = judged(invented, 0.06);
  EXPECT_EQ(beyond.outcome, Outcome::inconclusive);
  EXPECT_THAT(beyond.reasons[0], HasSubstr("at width 2048 a mean lies beyond 2%"));
  invented.spread = 20.0;
  EXPECT_EQ(judged(invented).outcome, Outcome::inconclusive);
}

TEST(Verdict, ConvictsNobodyWithFewerThanFourWidths) {
  Invented invented = precise();
  invented.widths = {512, 1024, 2048};
  const Verdict three = judged(invented, 0.06);
  EXPECT_EQ(three.outcome, Outcome::inconclusive);
  EXPECT_LT(three.p_value, 1e-6);
  EXPECT_THAT(three.reasons,
              Contains(HasSubstr("fewer than four widths a wrong prediction cannot")));
  invented.widths = {256, 512, 1024, 2048};
  EXPECT_EQ(judged(invented, 0.06).outcome, Outcome::disagree);
}

TEST(Verdict, NamesWhereActivationsOverflowed) {
  const Invented invented = precise();
  testing::Sample sample = testing::exact(invented);
  sample.measurement[4].gram.variance(1, 1) = std::numeric_limits<double>::infinity();
  const Assessment assessment = assess(testing::truth(invented), sample, {});
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.verdict.reasons,
              ElementsAre(HasSubstr("width 512, layer 2: the gram is not finite")));
  EXPECT_TRUE(std::isnan(assessment.verdict.p_value));
}

TEST(Verdict, NeverAgreesOnWhatIsNotFinite) {
  const Invented invented = precise();
  const testing::Sample sample = testing::exact(invented);
  // Squares of these numbers are none, so that the tests of the limit are not.
  for (const double factor : {1e200, 1e-200}) {
    auto predicted = testing::truth(invented);
    for (PredictedLayer& layer : predicted) layer.gram *= factor;
    const Assessment assessment = assess(predicted, sample, {});
    EXPECT_NE(assessment.verdict.outcome, Outcome::agree) << factor;
    for (const Claim& claim : assessment.claims) {
      for (const auto& number : {claim.p_value, claim.low, claim.high, claim.measurement}) {
        if (number && !std::isfinite(*number)) {
          EXPECT_NE(claim.outcome, Outcome::agree) << claim.name;
        }
      }
    }
  }
}

TEST(Claims, SayWhatTheirNumbersAre) {
  const auto assessment = assess(testing::truth(precise()), testing::exact(precise()), {});
  const std::pair<const char*, ClaimNumber> expected[] = {
      {"limit", ClaimNumber::value},
      {"entries", ClaimNumber::value},
      {"equivalence", ClaimNumber::value},
      {"fluctuation-exponent", ClaimNumber::exponent},
      {"bias-exponent", ClaimNumber::exponent},
      {"fluctuation", ClaimNumber::variance_times_width}};
  for (const auto& [name, number] : expected) {
    const Claim* made = testing::claim(assessment, name);
    ASSERT_NE(made, nullptr) << name;
    EXPECT_EQ(made->number, number) << name;
  }
}

TEST(Verdict, TellsWhatIsJudged) {
  std::vector<std::string> stages;
  const testing::Sample sample = testing::exact(precise());
  compare::assess(testing::truth(precise()), sample.measurement, sample.series, {},
                  [&](std::string_view stage) { stages.emplace_back(stage); });
  EXPECT_THAT(stages, ElementsAre("every width", "the limits", "the speed of convergence",
                                  "the fluctuations", "the claims"));
}

TEST(Verdict, DoesNotAgreeOnEntriesThatAreNotAllTested) {
  const Invented invented = precise();
  auto assessment = assess(testing::truth(invented), testing::exact(invented), {});
  ASSERT_EQ(assessment.verdict.outcome, Outcome::agree);
  assessment.extrapolation->layers[1].is_complete = false;
  assessment.claims = claims_of(assessment);
  const auto verdict = judge_claims(assessment);
  EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(verdict.reasons, Contains(HasSubstr("a number that it rests on is not finite")));
}

TEST(Verdict, DoesNotAgreeWhereTheLackOfFitIsNotKnown) {
  const Invented invented = precise();
  auto assessment = assess(testing::truth(invented), testing::exact(invented), {});
  assessment.extrapolation->classes.lack_of_fit->p_value = std::nan("");
  assessment.extrapolation->lack_of_fit_p = std::nan("");
  assessment.claims = claims_of(assessment);
  EXPECT_EQ(judge_claims(assessment).outcome, Outcome::inconclusive);
}

/// Everything in another unit, a power of two.
Assessment in_unit(double unit, const Invented& invented, testing::Sample sample) {
  auto predicted = testing::truth(invented);
  for (PredictedLayer& layer : predicted) {
    layer.gram *= unit;
    layer.gram_variance *= unit * unit;
    layer.gram_bias *= unit;
  }
  for (model::LayerMeasurement& at : sample.measurement) {
    for (model::SampleMoments* moments : {&at.gram, &at.plain_gram}) {
      moments->mean *= unit;
      moments->variance *= unit * unit;
    }
  }
  for (model::WidthSeries& at : sample.series.widths) {
    at.means *= unit;
    at.reduced *= unit;
    at.gram_variances *= unit * unit;
  }
  return assess(predicted, sample, {});
}

TEST(Verdict, IsTheSameInAnyUnit) {
  Invented invented = precise();
  testing::Rng rng(3);
  Invented heavy = invented;
  heavy.spread = 60.0;  // a relative standard deviation of 4 at width 256
  heavy.replicates = 40;
  const auto of_heavy = testing::draw_log_normal(heavy, rng);
  for (const double unit : {0x1p440, 0x1p-440}) {
    for (const auto& [law, sample] :
         {std::pair(invented, testing::exact(invented)), std::pair(heavy, of_heavy)}) {
      const Assessment plain = in_unit(1.0, law, sample);
      const Assessment other = in_unit(unit, law, sample);
      EXPECT_EQ(plain.heavy_tails.size(), other.heavy_tails.size());
      EXPECT_EQ(plain.verdict.outcome, other.verdict.outcome);
      ASSERT_EQ(plain.claims.size(), other.claims.size());
      for (std::size_t i = 0; i < plain.claims.size(); ++i) {
        EXPECT_EQ(plain.claims[i].name, other.claims[i].name);
        EXPECT_EQ(plain.claims[i].where, other.claims[i].where);
        EXPECT_EQ(plain.claims[i].outcome, other.claims[i].outcome);
        // Logarithms of variances are rounded at another size.
        const double p = plain.claims[i].p_value.value_or(0.0);
        EXPECT_NEAR(p, other.claims[i].p_value.value_or(0.0), 1e-9 * p) << plain.claims[i].name;
      }
    }
  }
}

// Keys of an experiment file have their table's name; other options are the caller's alone.
TEST(Verdict, RejectsOptionsOutOfRange) {
  const auto error = [](const Options& options, const char* text) {
    EXPECT_THAT([&] { judged(precise(), 0.0, options); },
                ThrowsMessage<model::InputError>(StartsWith(text)));
  };
  Options options;
  options.family_error = 1.3;
  error(options, "compare.family_error = 1.3: must lie in (0, 0.5]");
  options = {};
  options.equivalence_margin = std::numeric_limits<double>::quiet_NaN();
  error(options, "compare.equivalence_margin = nan: must lie in (0, 1]");
  options = {};
  options.looks = 0;
  error(options, "looks = 0: must be at least 1");
  options = {};
  options.order = 3;
  error(options, "order = 3: must be 0, 1 or 2");
  options = {};
  options.rare_neurons = -1.0;
  error(options, "rare_neurons = -1: must lie in [0, 1e9)");
  options = {};
  options.lack_of_fit_error = 1.0;
  error(options, "lack_of_fit_error = 1: must lie in (0, 1)");
}

}  // namespace
}  // namespace wideproof::compare
