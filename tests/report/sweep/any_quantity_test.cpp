// SPDX-License-Identifier: MIT
// A sweep of a quantity that no kind of study has is judged and shown by the general part alone.
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include <wideproof/compare/sweep/sweep_claims.hpp>
#include <wideproof/compare/sweep/sweep_verdict.hpp>
#include <wideproof/report/sweep/figures.hpp>
#include <wideproof/report/sweep/page.hpp>
#include <wideproof/report/sweep/tables.hpp>

#include <wideproof/model/gram/gram_spec.hpp>
#include "invented_overlap.hpp"

namespace wideproof::report {
namespace {

using compare::SweepQuantity;
using compare::testing::overlap_quantity;
using compare::testing::overlaps;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<compare::Claim> claims_about(const compare::SweepResult& sweep) {
  compare::SweepClaim half{.statement = "Half as sparse is half as near.",
                           .quantity = "overlap",
                           .at = {{"network.active_fraction", "0.2"}, {"network.depth", "1"}},
                           .over = {{"network.active_fraction", "0.4"}, {"network.depth", "1"}},
                           .low = 0.45,
                           .high = 0.55,
                           .value = {}};
  half.kind = compare::SweepClaim::Kind::ratio;
  compare::SweepClaim wrong = half;
  wrong.kind = compare::SweepClaim::Kind::value;
  wrong.statement = "The printed overlap.";
  wrong.value = 0.5;
  check({half, wrong}, sweep);
  return sweep_claims(sweep, {half, wrong}, 0.005);
}

std::string page_of(const compare::SweepResult& sweep) {
  auto options = model::GramSpec::defaults();
  options.inputs.count = 8;
  const model::Experiment first(std::move(options));
  const SweepWords words = {.compared = "one subspace and the other",
                            .first_point = "Their subspaces were drawn thrice."};
  const auto claims = claims_about(sweep);
  const compare::Verdict verdict = sweep_verdict(sweep, claims, 0.01);
  const auto figures = sweep_figures(sweep);
  return sweep_report({.first = first,
                       .words = words,
                       .sweep = sweep,
                       .verdict = verdict,
                       .claims = claims,
                       .figures = figures,
                       .name = "overlaps",
                       .folders = {},
                       .provenance = {},
                       .claims_error = 0.005},
                      {});
}

const Figure& named(const std::vector<Figure>& figures, const std::string& name) {
  for (const Figure& figure : figures)
    if (figure.name == name) return figure;
  ADD_FAILURE() << "no figure " << name;
  return figures.front();
}

TEST(AnyQuantity, HasClaimsJudgedAndAVerdict) {
  const auto claims = claims_about(overlaps());
  EXPECT_EQ(claims[0].outcome, compare::Outcome::agree);
  EXPECT_EQ(claims[1].outcome, compare::Outcome::disagree);
  EXPECT_EQ(sweep_verdict(overlaps(), claims, 0.01).outcome, compare::Outcome::disagree);
}

TEST(AnyQuantity, HasItsRowsInTheTables) {
  EXPECT_THAT(sweep_table(overlaps()), HasSubstr("\n0.2,1,agree,overlap,,,0.2,0.198,0.202,0.2\n"));
  const std::string text = terminal_table(overlaps(), sweep_verdict(overlaps(), {}, 0.01));
  EXPECT_THAT(text, HasSubstr("   overlap  predicted  outcome\n"));
  EXPECT_THAT(text, Not(HasSubstr("overlaps at P")));
  EXPECT_THAT(text, Not(HasSubstr("least")));
}

TEST(AnyQuantity, IsOneFieldWhereItsNameHasAComma) {
  SweepQuantity quantity = overlap_quantity();
  quantity.name = "overlap, layer 1";
  EXPECT_THAT(sweep_table(overlaps(quantity)), HasSubstr("\n0.2,1,agree,\"overlap, layer 1\",,,"));
  EXPECT_EQ(sweep_figures(overlaps(quantity)).front().name.find(','), std::string::npos);
}

TEST(AnyQuantity, HasItsLeastNumbersPointedOutOnlyWhereLessIsBetter) {
  SweepQuantity quantity = overlap_quantity();
  quantity.is_least_best = true;
  const auto sweep = overlaps(quantity);
  EXPECT_THAT(terminal_table(sweep, sweep_verdict(sweep, {}, 0.01)),
              HasSubstr("least overlap: 0.1 at network.active_fraction = 0.1, network.depth = 1"));
  const Figure map = named(sweep_figures(sweep), "sweep_map_overlap");
  EXPECT_THAT(map.caption, HasSubstr("The star marks the least overlap."));
  EXPECT_THAT(map.plot, HasSubstr("set label 1 '' at 0.1,1 point pt 3"));
  EXPECT_THAT(named(sweep_figures(overlaps()), "sweep_map_overlap").caption,
              Not(HasSubstr("star")));
}

TEST(AnyQuantity, HasLinesAndAMapInItsWords) {
  const auto figures = sweep_figures(overlaps());
  ASSERT_EQ(figures.size(), 2u);
  const Figure& map = named(figures, "sweep_map_overlap");
  EXPECT_EQ(map.title, "Overlap of two subspaces over active fraction and depth");
  EXPECT_THAT(map.plot, HasSubstr("set cblabel 'overlap'\n"));
  const Figure& lines = named(figures, "sweep_lines_overlap");
  EXPECT_EQ(lines.title, "Overlap of two subspaces against active fraction");
  EXPECT_THAT(lines.plot, HasSubstr("set ylabel 'overlap of two subspaces'\n"));
  EXPECT_THAT(lines.plot, Not(HasSubstr("logscale")));
  EXPECT_THAT(lines.caption,
              ::testing::EndsWith("The overlap is the cosine of the angle between them."));
}

TEST(AnyQuantity, HasTheAxesThatItWants) {
  SweepQuantity quantity = overlap_quantity();
  quantity.scale = SweepQuantity::Scale::logarithmic;
  quantity.is_mapped = false;
  const auto figures = sweep_figures(overlaps(quantity));
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_THAT(figures[0].plot, HasSubstr("set logscale y"));
}

TEST(AnyQuantity, HasAPageInItsWords) {
  const std::string page = page_of(overlaps());
  EXPECT_THAT(page, HasSubstr("is refuted: overlap 0.2, said to be 0.5 to within 1%. All 6 points "
                              "agree: one subspace and the other lie within 2% of each other. Of 2 "
                              "claims about the sweep 1 holds, 1 fails."));
  EXPECT_THAT(page, HasSubstr("Measured ratio: 0.5, interval "));
  EXPECT_THAT(page, HasSubstr("Measured overlap: 0.2, interval "));
  EXPECT_THAT(page, HasSubstr("Their subspaces were drawn thrice.</p>"));
  EXPECT_THAT(page, HasSubstr("overlap, predicted<span class=\"unit\">cosine</span>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\">0.4 (0.396 to 0.404)</td>"));
  EXPECT_THAT(page, HasSubstr("<p>Overlaps are means over draws.</p>"));
  for (const char* word : {"error,", "error ", "errors", "norm,", "kernel", "n → ∞"})
    EXPECT_THAT(page, Not(HasSubstr(word)));
}

TEST(AnyQuantity, IsNamedBesideNumbersOfEveryWidth) {
  SweepQuantity quantity = overlap_quantity();
  quantity.without_width = {.brief = "mean field", .in_words = "the mean field", .column = "limit"};
  compare::SweepResult sweep = overlaps(quantity);
  for (compare::SweepPoint& point : sweep.points) {
    point.numbers.push_back(point.numbers.front());
    point.numbers.back().width = 512;
  }
  EXPECT_THAT(named(sweep_figures(sweep), "sweep_map_overlap").title, HasSubstr(", mean field"));
  EXPECT_THAT(named(sweep_figures(sweep), "sweep_map_overlap_n512").title, HasSubstr(", n = 512"));
  const std::string page = page_of(sweep);
  EXPECT_THAT(page, HasSubstr("0.4 (0.396 to 0.404), mean field</td>"));
  EXPECT_THAT(page, HasSubstr("overlap, measured<span class=\"unit\">limit</span>"));
  EXPECT_THAT(page, HasSubstr("0.4 (0.396 to 0.404), n = 512</td>"));
}

}  // namespace
}  // namespace wideproof::report
