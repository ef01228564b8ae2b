// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/terminal_table.hpp>

#include <algorithm>
#include <limits>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <wideproof/compare/gram/without_norms.hpp>

#include <wideproof/report/shown_length.hpp>
#include "invented.hpp"

namespace wideproof::report {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

compare::testing::Invented three_layers() {
  compare::testing::Invented invented;
  invented.layers = 3;
  invented.limit = compare::testing::equicorrelated(2, 0.5);
  return invented;
}

/// Without the line breaks and what follows them.
std::string in_one_line(const std::string& text) {
  std::istringstream words(text);
  std::string line;
  for (std::string word; words >> word;) line += word + " ";
  return line;
}

TEST(TerminalTable, HasARowForEachLayerAtTheLargestWidthWhereActivationsOverflowed) {
  const auto invented = three_layers();
  auto sample = compare::testing::exact(invented);
  sample.measurement[4].gram.variance(1, 1) = std::numeric_limits<double>::infinity();
  const auto assessment = compare::testing::assess(compare::testing::truth(invented), sample, {});
  const std::string table = terminal_table(assessment);
  EXPECT_THAT(table, HasSubstr("norm at n = 4096"));
  EXPECT_THAT(table, HasSubstr("verdict: inconclusive (nothing was tested, error rate 0.01)"));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + 3 + 2 + 1 + 3 + 1 + 1 + 2);
}

TEST(TerminalTable, ShowsNoIntervalOfWhatIsNotFinite) {
  const auto invented = three_layers();
  const auto sample = compare::testing::exact(invented);
  for (const double factor : {1e200, 1e-200}) {
    auto predicted = compare::testing::truth(invented);
    for (compare::PredictedLayer& layer : predicted) layer.gram *= factor;
    EXPECT_THAT(terminal_table(compare::testing::assess(predicted, sample, {})),
                Not(HasSubstr("nan to")));
  }
}

TEST(TerminalTable, ExtrapolatesNoDiagonalWithoutALimit) {
  const auto invented = three_layers();
  auto predicted = compare::testing::truth(invented);
  predicted.back().gram.diagonal().setConstant(7.125);
  const auto table_of = [&](bool has_diagonal) {
    predicted.back().without_limit =
        has_diagonal ? Eigen::MatrixXd() : Eigen::MatrixXd(Eigen::MatrixXd::Identity(2, 2));
    return terminal_table(
        compare::testing::assess(predicted, compare::testing::exact(invented), {}));
  };
  EXPECT_THAT(table_of(true), HasSubstr("7.125"));
  EXPECT_THAT(table_of(false), Not(HasSubstr("7.125")));
  EXPECT_THAT(table_of(false), ContainsRegex("\n +3 +- +- "));
}

TEST(TerminalTable, NamesTheEntryThatAWorstZBelongsTo) {
  const auto invented = three_layers();
  auto predicted = compare::testing::truth(invented);
  predicted[1].gram(0, 1) = predicted[1].gram(1, 0) = 0.6;
  const std::string table =
      terminal_table(compare::testing::assess(predicted, compare::testing::exact(invented), {}));
  EXPECT_THAT(table, ContainsRegex("\n    2  gram.1,2. +0.5 ± [0-9.]+ +0.6 +[0-9]+"));
  EXPECT_THAT(table, HasSubstr("\nThe norm is the mean of the Gram matrix's diagonal.\n"));
}

TEST(TerminalTable, GivesTheNormTheErrorOfOneNetworksNorm) {
  auto invented = three_layers();
  invented.widths = {400};
  invented.limit = compare::testing::equicorrelated(4, 0.5);
  invented.common = 0.0;  // one entry: 1/√(400·100) = 0.005; the mean of four: half of it
  EXPECT_THAT(terminal_table(compare::testing::assess(compare::testing::truth(invented),
                                                      compare::testing::exact(invented), {})),
              HasSubstr("\n    1  1 ± 0.0025 "));
}

TEST(TerminalTable, ShowsNoProbabilityAsZero) {
  const auto invented = three_layers();
  auto predicted = compare::testing::truth(invented);
  for (compare::PredictedLayer& layer : predicted) layer.gram *= 3.0;
  auto sample = compare::testing::exact(invented);
  for (model::LayerMeasurement& at : sample.measurement) at.gram.variance *= 1e-12;
  const auto assessment = compare::testing::assess(predicted, sample, {});
  ASSERT_EQ(assessment.extrapolation->layers[0].p_value, 0.0);
  const std::string table = terminal_table(assessment);
  EXPECT_THAT(table, ContainsRegex("\n    1  gram.* < 1e-300\n"));
  EXPECT_THAT(table, Not(ContainsRegex(" 0\n")));
}

TEST(TerminalTable, SaysOfEachClaimWhatItSaysAndWhatItIsAbout) {
  const auto invented = three_layers();
  const auto assessment = compare::testing::assess(compare::testing::truth(invented),
                                                   compare::testing::exact(invented), {});
  const std::string table = in_one_line(terminal_table(assessment));
  ASSERT_GE(assessment.claims.size(), 4U);
  for (const compare::Claim& claim : assessment.claims) {
    EXPECT_THAT(table,
                HasSubstr(claim.statement + (claim.p_adjusted ? " Family-wise p = " : " F")));
    EXPECT_THAT(table, HasSubstr(claim.where + ". "));
  }
  EXPECT_THAT(table, HasSubstr("farthest off: n·Var, layer "));
}

TEST(TerminalTable, GivesTheErrorRateInTwoDigits) {
  compare::Options options;
  options.family_error = 0.01 / 9.0;
  const auto invented = three_layers();
  EXPECT_THAT(terminal_table(compare::testing::assess(compare::testing::truth(invented),
                                                      compare::testing::exact(invented), options)),
              HasSubstr(", error rate 0.0011)"));
}

TEST(TerminalTable, IsEightyColumnsWide) {
  auto invented = three_layers();
  invented.limit = compare::testing::equicorrelated(12, 0.123456789);
  invented.layers = 12;
  std::istringstream text(terminal_table(compare::testing::assess(
      compare::testing::truth(invented), compare::testing::exact(invented), {})));
  for (std::string line; std::getline(text, line);) EXPECT_LE(shown_length(line), 80U) << line;
}

TEST(TerminalTable, SaysWhatAPredictionLooksLike) {
  const auto invented = three_layers();
  auto assessment = compare::testing::assess(compare::testing::truth(invented),
                                             compare::testing::exact(invented), {});
  EXPECT_THAT(terminal_table(assessment), Not(HasSubstr("this looks like")));
  assessment.likeness = {compare::Likeness::Kind::undivided, 0.0468};
  EXPECT_THAT(
      terminal_table(assessment),
      HasSubstr("\n  - this looks like a matter of scale: every entry of your prediction is "
                "0.0468\n    times the theory's"));
  assessment.likeness = {compare::Likeness::Kind::scaled, 7.0};
  const std::string scaled = in_one_line(terminal_table(assessment));
  EXPECT_THAT(scaled, HasSubstr("every entry of your prediction is 7 times the theory's "));
  EXPECT_THAT(scaled, Not(HasSubstr("k_τ(1)")));
  assessment.likeness = {.kind = compare::Likeness::Kind::reordered};
  EXPECT_THAT(in_one_line(terminal_table(assessment)), HasSubstr("matrices in another order"));
  assessment.likeness = {.kind = compare::Likeness::Kind::next_kernel};
  EXPECT_THAT(terminal_table(assessment), HasSubstr("\n  - this looks like a matter of layers:"));
}

TEST(TerminalTable, HasNoNormsWhereNoneArePredicted) {
  const auto invented = three_layers();
  const auto sample = compare::testing::exact(invented);
  compare::Options options;
  options.norms_are_predicted = false;
  const auto assessment =
      compare::assess(compare::testing::truth(invented), compare::without_norms(sample.measurement),
                      compare::without_norms(sample.series), options);
  EXPECT_THAT(terminal_table(assessment), HasSubstr("\n    1  -                           -  "));
}

}  // namespace
}  // namespace wideproof::report
