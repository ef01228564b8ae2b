// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/page.hpp>

#include <limits>
#include <string>

#include <gmock/gmock.h>

#include <wideproof/report/gram/words.hpp>
#include "invented_run.hpp"

namespace wideproof::report {
namespace {

using compare::testing::Invented;
using compare::testing::pair_of_inputs;
using ::testing::HasSubstr;
using testing::InventedRun;
using ::testing::Not;
using ::testing::StartsWith;

std::string page_of(const InventedRun& run) {
  return gram_report(run.study(), gram_figures(run.study()), {});
}

TEST(VerdictSentence, SaysThatBothAgree) {
  EXPECT_EQ(
      verdict_sentence(InventedRun(pair_of_inputs()).assessment, Formula::ours),
      "The formula and 500 sampled networks agree: at 4,096 neurons in a layer every entry of "
      "the Gram matrices lies within 2% of the prediction, and none of the 5 claims is "
      "rejected.");
}

TEST(VerdictSentence, NamesTheClaimThatFailsAndByHowMuch) {
  const auto sentence =
      verdict_sentence(InventedRun(pair_of_inputs(), 0.05).assessment, Formula::yours);
  EXPECT_THAT(sentence, StartsWith("Your formula and 500 sampled networks disagree: in layer 2, "));
  EXPECT_THAT(sentence, HasSubstr("gram(1,1), they give 1 (95%: "));
  EXPECT_THAT(sentence, HasSubstr("4.8% less than the predicted 1.05. This claim is rejected: “"));
}

TEST(VerdictSentence, CallsAnExponentOne) {
  compare::Assessment assessment;
  assessment.verdict.outcome = compare::Outcome::disagree;
  compare::Claim claim;
  claim.name = "bias-exponent";
  claim.number = compare::ClaimNumber::exponent;
  claim.statement = "The mean over networks approaches its limit as 1/n.";
  claim.outcome = compare::Outcome::disagree;
  claim.where = "layer 3";
  claim.p_adjusted = 1e-6;
  claim.prediction = -1.0;
  claim.measurement = -0.4;
  claim.low = -0.5;
  claim.high = -0.3;
  assessment.claims = {claim};
  EXPECT_THAT(verdict_sentence(assessment, Formula::ours),
              HasSubstr("in layer 3, they give the exponent -0.4 (95%: -0.5 to -0.3) where -1 is "
                        "predicted. This claim is rejected: “The mean over networks approaches its "
                        "limit as 1/n”."));
}

TEST(VerdictSentence, SaysWhatWouldHelp) {
  Invented invented = pair_of_inputs();
  invented.spread = 30.0;
  const auto sentence = verdict_sentence(InventedRun(invented).assessment, Formula::ours);
  EXPECT_THAT(sentence,
              StartsWith("500 sampled networks do not settle whether the formula holds: "));
  EXPECT_THAT(sentence, HasSubstr("What would decide it stands below."));
}

TEST(ExperimentInWords, NamesNetworkWeightsInputsAndSample) {
  const auto run = InventedRun(pair_of_inputs());
  std::string text;
  for (const auto& paragraph :
       experiment_in_words(run.experiment, run.theory, run.sample.measurement, "circle", 2, 784))
    text += paragraph + "\n";
  EXPECT_THAT(text, HasSubstr("2 hidden layers of n neurons, activation thresholded-relu"));
  EXPECT_THAT(text, HasSubstr("fraction f = 0.1"));
  EXPECT_THAT(text, HasSubstr("σ² = 15, the critical one"));
  EXPECT_THAT(text, HasSubstr("2 inputs of dimension 784 (circle)"));
  EXPECT_THAT(text, HasSubstr("100 networks at each of the widths n = 256, 512, 1,024, 2,048 and "
                              "4,096"));
}

TEST(GramReport, SaysWhatAGramMatrixIsBeforeItsVerdict) {
  const auto page = page_of(InventedRun(pair_of_inputs()));
  EXPECT_LT(page.find("inner products of the layer&#39;s activations"),
            page.find("class=\"verdict"));
}

// Of correlations alone no word is about Gram matrices.
TEST(GramReport, SpeaksOfCorrelationsWhereTheseAreWhatWasPredicted) {
  InventedRun run(pair_of_inputs(), 0.0, "mine.npy");
  auto options = run.experiment.options();
  options.compare.prediction_kind = model::PredictionKind::correlation;
  run.experiment = model::Experiment(options);
  run.compare_correlations_alone();
  EXPECT_THAT(page_of(run), Not(HasSubstr("Gram matri")));
  EXPECT_THAT(page_of(run), HasSubstr("<h2>Correlations, predicted and measured</h2>"));
  EXPECT_THAT(verdict_sentence(run.assessment, Formula::yours),
              HasSubstr("every correlation lies"));
  EXPECT_THAT(page_of(InventedRun(pair_of_inputs())), HasSubstr("Gram matri"));
}

TEST(GramReport, CallsNoProbabilityZero) {
  InventedRun run(pair_of_inputs(), 0.05);
  for (compare::Claim& claim : run.assessment.claims)
    if (claim.p_adjusted) claim.p_adjusted = 0.0;
  EXPECT_THAT(page_of(run), HasSubstr("data-name=\"p (family-wise)\">&lt; 1e−300</td>"));
}

TEST(GramReport, PutsTheVerdictFirst) {
  const auto page = page_of(InventedRun(pair_of_inputs()));
  const auto verdict = page.find("class=\"verdict agree\"");
  ASSERT_NE(verdict, std::string::npos);
  EXPECT_LT(verdict, page.find("<h2>"));
  for (const auto* part :
       {"<h2>The experiment</h2>", "<h2>What was claimed, and what was found</h2>",
        "wideproof validate experiment.toml", "<a href=\"results.h5\">", "<dt>wideproof</dt>",
        "href=\"figures/bias.csv\"", "fluctuation-exponent"})
    EXPECT_THAT(page, HasSubstr(part));
}

TEST(GramReport, SaysWhoseFormulaItIs) {
  const auto page = page_of(InventedRun(pair_of_inputs(), 0.05, "mine.npy"));
  EXPECT_THAT(page, HasSubstr("class=\"verdict disagree\""));
  EXPECT_THAT(page, HasSubstr("Your formula and 500"));
  EXPECT_THAT(page, HasSubstr("was read from mine.npy"));
}

TEST(GramReport, ShowsADifferenceOfANumberWithoutErrorAsInfinite) {
  InventedRun run(pair_of_inputs());
  EXPECT_THAT(page_of(run), Not(HasSubstr(">∞ (")));
  compare::MatrixComparison& gram = run.assessment.extrapolation->layers[0].gram;
  gram.z(0, 0) = std::numeric_limits<double>::infinity();
  gram.p(0, 0) = 0.0;
  EXPECT_THAT(page_of(run), HasSubstr(">∞ (gram(1,1))</td>"));
}

TEST(GramReport, SaysThatFluctuationsAreNotJudgedByAFileOfMatrices) {
  InventedRun own(pair_of_inputs(), 0.0, "mine.npy");
  own.assessment.fluctuation.reset();
  EXPECT_THAT(page_of(own), HasSubstr("How much single networks fluctuate was not judged"));
  InventedRun theory(pair_of_inputs());
  theory.assessment.fluctuation.reset();
  EXPECT_THAT(page_of(theory), Not(HasSubstr("fluctuate was not judged")));
}

TEST(GramReport, SaysWhyFluctuationsWereNotCompared) {
  InventedRun run(pair_of_inputs());
  run.assessment.fluctuation.reset();
  run.theory.fluctuation.not_derived = "Nobody derived it.";
  EXPECT_THAT(page_of(run), HasSubstr("Nobody derived it."));
}

}  // namespace
}  // namespace wideproof::report
