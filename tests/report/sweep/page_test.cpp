// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/page.hpp>

#include <limits>
#include <utility>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <wideproof/compare/generalization/sweep_numbers.hpp>
#include <wideproof/compare/gram/sweep_numbers.hpp>
#include <wideproof/compare/sweep/sweep_verdict.hpp>
#include <wideproof/model/gram/gram_spec.hpp>
#include <wideproof/report/gram/sweep_words.hpp>
#include <wideproof/report/sweep/points_table.hpp>
#include <wideproof/report/sweep/verdict_sentence.hpp>

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

model::Experiment made_experiment() {
  auto options = model::GramSpec::defaults();
  options.inputs.count = 8;
  return model::Experiment(std::move(options));
}

const model::Experiment experiment = made_experiment();
const SweepWords words = gram_sweep_words();

compare::SweepResult sweep_of(const std::vector<compare::Outcome>& outcomes) {
  compare::SweepResult sweep{{"network.active_fraction", "network.presynaptic.taps"}, {}};
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    compare::SweepPoint point{.values = {fmt::format("0.{}", i + 1), "13"}};
    point.verdict.outcome = outcomes[i];
    point.numbers.push_back({compare::norm_quantity(), 0, 0, 1.01, 0.99, 1.03, 1.0});
    sweep.points.push_back(point);
  }
  return sweep;
}

compare::Claim claim_of(compare::Outcome outcome) {
  compare::Claim claim;
  claim.name = claim.measured = "ratio";
  claim.statement = "Sparser is better.";
  claim.outcome = outcome;
  claim.measurement = 0.5;
  claim.low = 0.4;
  claim.high = 0.6;
  return claim;
}

std::string shown_page(const compare::SweepResult& sweep,
                       const std::vector<compare::Claim>& claims = {},
                       const std::vector<std::string>& folders = {}) {
  const compare::Verdict verdict = sweep_verdict(sweep, {}, 0.01);
  const std::vector<Figure> figures;
  return sweep_report({.first = experiment,
                       .words = words,
                       .sweep = sweep,
                       .verdict = verdict,
                       .claims = claims,
                       .figures = figures,
                       .name = "two keys",
                       .folders = folders,
                       .provenance = {{"version", "1"}},
                       .claims_error = 0.005},
                      {});
}

TEST(SweepPage, SaysInASentenceWhatThePointsShow) {
  using enum compare::Outcome;
  const auto sentence = [](const std::vector<compare::Outcome>& outcomes) {
    return verdict_sentence(sweep_of(outcomes), {}, experiment, words);
  };
  EXPECT_EQ(sentence({agree, agree}),
            "All 2 points agree: formula and sampled networks lie within 2% of each other.");
  EXPECT_EQ(sentence({agree, disagree, inconclusive}),
            "At 1 of the 3 points formula and sampled networks disagree: f = 0.2, taps = 13. At 1 "
            "formula and sampled networks agree. 1 is not decided.");
  EXPECT_EQ(sentence({agree, inconclusive}),
            "At 1 of the 2 points the data neither show that formula and sampled networks lie "
            "within 2% of each other, nor that they do not: f = 0.2, taps = 13. At 1 formula and "
            "sampled networks agree.");
  EXPECT_THAT(
      sentence(std::vector<compare::Outcome>(5, disagree)),
      HasSubstr("At all 5 points formula and sampled networks disagree: f = 0.1, taps = 13; f "
                "= 0.2, taps = 13; f = 0.3, taps = 13 and 2 more."));
  EXPECT_EQ(sentence({agree}),
            "The only point agrees: formula and sampled networks lie within 2% of each other.");
}

TEST(SweepPage, SaysWhatBecameOfTheClaims) {
  const std::vector<compare::Claim> claims = {claim_of(compare::Outcome::agree),
                                              claim_of(compare::Outcome::agree),
                                              claim_of(compare::Outcome::disagree)};
  EXPECT_THAT(verdict_sentence(sweep_of({compare::Outcome::agree}), claims, experiment, words),
              StartsWith("The claim “Sparser is better” is refuted. The only point agrees"));
  EXPECT_THAT(verdict_sentence(sweep_of({compare::Outcome::agree}), claims, experiment, words),
              HasSubstr("each other. Of 3 claims about the sweep 2 hold, 1 fails."));
  const std::string page = shown_page(sweep_of({compare::Outcome::agree}), claims);
  EXPECT_THAT(page, HasSubstr("<section class=\"verdict disagree\">\n<p class=\"word\">disagree</p>"
                              "\n<p class=\"sentence\">Sparser is better.</p>"));
  EXPECT_THAT(page, HasSubstr("at most 0.005, all taken together"));
  EXPECT_THAT(page, HasSubstr("that the outcomes rest on, at 99%."));
  EXPECT_THAT(page, HasSubstr("Measured ratio: 0.5, interval 0.4 to 0.6."));
  EXPECT_THAT(shown_page(sweep_of({compare::Outcome::agree})), Not(HasSubstr("claimed")));
}

TEST(SweepPage, BeginsWithWhatRefutedAClaim) {
  compare::Claim claim = claim_of(compare::Outcome::disagree);
  claim.where = "P = 64";
  claim.detail = "error 0.29 over 0.2, a ratio of 1.45, said to be 1.01 or less";
  EXPECT_THAT(verdict_sentence(sweep_of({compare::Outcome::agree}), {claim}, experiment, words),
              StartsWith("The claim “Sparser is better” is refuted: P = 64: error 0.29 over 0.2, a "
                         "ratio of 1.45, said to be 1.01 or less. The only point agrees"));
  EXPECT_THAT(verdict_sentence(sweep_of({compare::Outcome::agree}),
                               std::vector<compare::Claim>(5, claim), experiment, words),
              HasSubstr("or less. So are 2 more. The only point"));
  claim.outcome = compare::Outcome::agree;
  EXPECT_THAT(verdict_sentence(sweep_of({compare::Outcome::agree}), {claim}, experiment, words),
              Not(HasSubstr("refuted")));
}

TEST(SweepPage, ListsWhatWasSweptAndEachPointWithALink) {
  const std::string page =
      shown_page(sweep_of({compare::Outcome::agree, compare::Outcome::disagree}), {},
                 {"points/01", "points/02"});
  EXPECT_THAT(page, HasSubstr("<li>network.active_fraction (f): 0.1, 0.2</li>"));
  EXPECT_THAT(page, HasSubstr("<li>network.presynaptic.taps: 13</li>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\"><a href=\"points/02/\">2</a></th>"
                              "<td class=\"number\">0.2</td><td class=\"number\">13</td>"
                              "<td>disagree</td><td class=\"number\">1</td>"
                              "<td class=\"number\">1.01 (0.99 to 1.03), n → ∞</td>"));
  EXPECT_THAT(page, HasSubstr("<code>wideproof report DIR/points/01</code>"));
  EXPECT_THAT(shown_page(sweep_of({compare::Outcome::agree})), Not(HasSubstr("href=\"points/")));
  EXPECT_THAT(shown_page(sweep_of({compare::Outcome::agree})), Not(HasSubstr("wideproof report")));
}

TEST(SweepPage, ShowsTheErrorWithTheMostTrainingPointsOfKernelAndWidestNetworks) {
  compare::SweepResult sweep = sweep_of({compare::Outcome::agree});
  const double none = std::numeric_limits<double>::quiet_NaN();
  const compare::SharedQuantity error = compare::error_quantity();
  sweep.points[0].numbers = {{error, 16, 0, 0.5, none, none, 0.51},
                             {error, 64, 0, 0.2, 0.19, 0.21, 0.22},
                             {error, 64, 512, 0.3, none, none, 0.22},
                             {error, 64, 4096, 0.25, none, none, 0.22}};
  EXPECT_THAT(shown_page(sweep), HasSubstr("<td class=\"number\">0.22</td>"
                                           "<td class=\"number\">0.2 (0.19 to 0.21), kernel</td>"
                                           "<td class=\"number\">0.25, n = 4,096</td></tr>"));
}

TEST(SweepPage, CutsTheTableShort) {
  EXPECT_THAT(
      shown_page(sweep_of(std::vector<compare::Outcome>(most_rows + 1, compare::Outcome::agree))),
      HasSubstr("… and 1 more points, which are in sweep.csv."));
  EXPECT_THAT(
      shown_page(sweep_of(std::vector<compare::Outcome>(most_rows, compare::Outcome::agree))),
      Not(HasSubstr("more points")));
}

}  // namespace
}  // namespace wideproof::report
