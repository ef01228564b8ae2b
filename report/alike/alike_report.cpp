// SPDX-License-Identifier: MIT
#include <wideproof/report/alike/alike_report.hpp>

#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/compare/matrices/rounding.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/page/claims_text.hpp>
#include <wideproof/report/page/wrapped_item.hpp>

namespace wideproof::report {
namespace {

std::string sentence(const compare::Alike& alike) {
  const std::string widths =
      fmt::format("{} common width{} ({})", alike.widths.size(),
                  alike.widths.size() == 1 ? "" : "s", fmt::join(alike.widths, ", "));
  switch (alike.verdict.outcome) {
    case compare::Outcome::agree:
      return fmt::format("Both follow one law, as far as they show, at {}.", widths);
    case compare::Outcome::disagree:
      return fmt::format("They do not follow one law, at {}.", widths);
    case compare::Outcome::inconclusive:
      break;
  }
  return fmt::format("Whether both follow one law at {} is not settled.", widths);
}

}  // namespace

std::string alike_text(const compare::Alike& alike, bool in_colour) {
  return wrapped_lines(sentence(alike)) +
         wrapped_lines(
             fmt::format("Of a claim \"measured\" is the first, \"predicted\" the second; "
                         "the means farthest apart differ by {:.2g} of the norms.",
                         alike.largest_difference)) +
         claims_text(alike.claims) + "\n" + verdict_text(alike.verdict, in_colour);
}

std::string alike_table(const compare::Alike& alike) {
  using compare::Quantity;
  std::string table = "width,layer,quantity,row,column,first,second,standard_error,z,p_adjusted\n";
  for (const compare::AlikeLayer& at : alike.at) {
    for (const Quantity quantity : {Quantity::gram, Quantity::correlation}) {
      const compare::MatrixComparison& matrix = at.comparison.matrix(quantity);
      for (const auto& [kind, a, b] : distinct_entries(quantity, matrix.predicted.rows())) {
        const double half = matrix.difference(a, b) / 2.0;
        fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{},{},{},{},{}\n", at.width,
                       at.comparison.layer, name_of(quantity), a, b, matrix.predicted(a, b) + half,
                       matrix.predicted(a, b) - half, matrix.estimate.standard_error(a, b),
                       compare::without_rounding(matrix.z(a, b)), matrix.p_adjusted(a, b));
      }
    }
  }
  return table;
}

HtmlPage alike_page(const compare::Alike& alike, const std::string& title,
                    const std::string& headline) {
  HtmlPage page(
      title,
      "Do two sets of sampled networks follow one law? A report by wideproof. gram(1,2) is "
      "the inner product of a layer's activations for the first two inputs, and "
      "correlation(1,2) their cosine.");
  page.verdict(alike.verdict.outcome, sentence(alike), alike.verdict.reasons);
  page.section("What was compared");
  page.paragraph(headline);
  add_claims(page, alike.claims,
             {.introduction = fmt::format(
                  "Each claim with a p says that both follow one law. If they do, one of them is "
                  "rejected with a chance of at most {:.3g}, all taken together. “Measured” is the "
                  "first, “predicted” the second.",
                  alike.options.family_error),
              .caption = "Claims, and the number of each that speaks loudest against it"});
  return page;
}

Json alike_json(const compare::Alike& alike) {
  Json json = {{"widths", alike.widths},
               {"layers", alike.layers},
               {"largest_difference", alike.largest_difference},
               {"same_bits", alike.are_same_bits},
               {"claims", claims_json(alike.claims)}};
  return json;
}

}  // namespace wideproof::report
