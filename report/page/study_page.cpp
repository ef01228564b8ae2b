// SPDX-License-Identifier: MIT
#include <wideproof/report/page/study_page.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/page/page_ending.hpp>

namespace wideproof::report {
namespace {

std::string sentence_of(const compare::Verdict& verdict) {
  switch (verdict.outcome) {
    case compare::Outcome::agree:
      return "What was predicted and what was measured agree.";
    case compare::Outcome::disagree:
      return "What was predicted and what was measured disagree.";
    case compare::Outcome::inconclusive:
      break;
  }
  return "What was measured does not decide.";
}

void add_numbers(HtmlPage& page, const std::vector<compare::SweepNumber>& numbers) {
  const auto some = [&](std::int64_t compare::SweepNumber::*coordinate) {
    return std::any_of(numbers.begin(), numbers.end(),
                       [&](const auto& number) { return number.*coordinate != 0; });
  };
  const auto count = [](std::int64_t number) {
    return number == 0 ? std::string("–") : compare::with_commas(number);
  };
  const bool has_points = some(&compare::SweepNumber::training_points);
  const bool has_widths = some(&compare::SweepNumber::width);
  HtmlTable table{"What was measured", {{"quantity", "", false}}, {}};
  if (has_points) table.columns.push_back({"P", "training points"});
  if (has_widths) table.columns.push_back({"n", "width"});
  for (const char* const title : {"predicted", "measured", "95% interval"})
    table.columns.push_back({title});
  for (const auto& number : numbers) {
    auto& row = table.rows.emplace_back();
    row.push_back(number.quantity->name);
    if (has_points) row.push_back(count(number.training_points));
    if (has_widths) row.push_back(count(number.width));
    row.push_back(number_or_dash(number.predicted));
    row.push_back(number_or_dash(number.value));
    row.push_back(interval_or_dash(number.low, number.high));
  }
  if (!table.rows.empty()) page.table(table);
}

}  // namespace

std::string study_page(const StudyPageParts& parts) {
  HtmlPage page(
      parts.experiment.study().name,
      fmt::format("A study of kind {}. A report by wideproof.", parts.experiment.kind().name()));
  page.verdict(parts.verdict.outcome, sentence_of(parts.verdict), parts.verdict.reasons);
  page.section("The experiment");
  page.paragraph(parts.headline);
  add_claims(page, parts.claims,
             {.introduction = fmt::format(
                  "Each claim follows from the prediction. A true prediction has one of them "
                  "rejected with a chance of at most {:.3g}, all taken together.",
                  parts.verdict.family_error),
              .caption = "Claims"});
  page.section("Numbers");
  add_numbers(page, parts.numbers);
  add_ending(page, parts.provenance,
             files_of_run({.summary = "verdict, numbers, provenance",
                           .results = "every number in double precision",
                           .tables = parts.tables,
                           .has_figures = false}));
  return page.text();
}

}  // namespace wideproof::report
