// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/page.hpp>

#include <cmath>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/dimension/words.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/page/page_ending.hpp>

namespace wideproof::report {
namespace {

using compare::DimensionQuantity;

std::string predicted_cell(const compare::DimensionAssessment& assessment,
                           DimensionQuantity quantity, std::size_t layer) {
  if (!assessment.prediction) return "–";
  const model::LayerDimension& at = assessment.prediction->layers[layer];
  return number_or_dash(
      quantity == DimensionQuantity::dimensionality ? at.dimensionality : at.correlation_strength,
      "{:.4g}");
}

std::string bias_cell(const compare::DimensionAssessment& assessment, std::size_t layer) {
  if (layer >= assessment.convergence.size() || !assessment.convergence[layer].bias) return "–";
  const compare::Exponent& e = *assessment.convergence[layer].bias;
  return fmt::format("{:.2f} ({:.2f} to {:.2f})", e.value, e.low, e.high);
}

std::string within_cell(const compare::DimensionAssessment& assessment, std::size_t layer) {
  bool any = false;
  for (const auto quantity :
       {DimensionQuantity::dimensionality, DimensionQuantity::correlation_strength}) {
    const compare::DimensionEstimate* at = shown_estimate(assessment, quantity, layer);
    if (at == nullptr || !at->number.is_judged) continue;
    if (!at->is_equal(assessment.options.family_error)) return "not shown";
    any = true;
  }
  return any ? "yes" : "–";
}

void add_layers(HtmlPage& page, const compare::DimensionAssessment& assessment) {
  if (assessment.estimates.empty()) return;
  page.section("Layer by layer");
  const std::string at = estimates_at(assessment);
  const bool has_strength = !assessment.is_of_fixed_dimension;
  const std::string symbol = assessment.symbol(DimensionQuantity::dimensionality);
  HtmlTable table{
      fmt::format("Measured at {}, ± standard errors, and how fast means approach their "
                  "prediction: exponents of N with 95% intervals",
                  at),
      {{"layer"}, {symbol, "predicted"}, {symbol, "measured"}},
      {}};
  if (has_strength) {
    table.columns.push_back({"NΣ", "predicted"});
    table.columns.push_back({"NΣ", "measured"});
  }
  table.columns.push_back({"within margin", "", false});
  table.columns.push_back(
      {"bias ∝ Nᵉ", fmt::format("predicted e = −{:g}", assessment.options.power)});
  for (std::size_t l = 0; l < assessment.depth(); ++l) {
    std::vector<std::string>& row = table.rows.emplace_back();
    row.push_back(std::to_string(l + 1));
    for (const auto quantity :
         {DimensionQuantity::dimensionality, DimensionQuantity::correlation_strength}) {
      if (quantity == DimensionQuantity::correlation_strength && !has_strength) continue;
      row.push_back(predicted_cell(assessment, quantity, l));
      row.push_back(with_error(shown_estimate(assessment, quantity, l)));
    }
    row.push_back(within_cell(assessment, l));
    row.push_back(bias_cell(assessment, l));
  }
  page.table(table);
}

void add_widths(HtmlPage& page, const compare::DimensionAssessment& assessment) {
  if (assessment.widths.empty()) return;
  page.section("Width by width");
  HtmlTable table{"Means over networks, ± standard errors",
                  {{"width N", "units in a layer"},
                   {"layer"},
                   {"networks"},
                   {assessment.symbol(DimensionQuantity::dimensionality)}},
                  {}};
  if (!assessment.is_of_fixed_dimension) table.columns.push_back({"NΣ"});
  for (const compare::WidthDimension& at : assessment.widths) {
    table.rows.push_back({compare::with_commas(at.width), std::to_string(at.layer),
                          compare::with_commas(at.replicates), with_error(at.dimensionality)});
    if (!assessment.is_of_fixed_dimension)
      table.rows.back().push_back(with_error(at.correlation_strength));
  }
  page.table(table);
}

void add_fixed_point(HtmlPage& page, const compare::DimensionAssessment& assessment) {
  if (!assessment.prediction || !assessment.prediction->fixed_point) return;
  const model::DimensionFixedPoint& at = *assessment.prediction->fixed_point;
  std::string text = fmt::format("An ever deeper network ends at η* = {:.4g}", at.eta);
  if (at.variance) text += fmt::format(", a variance K* = {:.4g}", *at.variance);
  if (at.dimensionality) text += fmt::format(", D̃* = {:.4g}", *at.dimensionality);
  page.paragraph(text + ".");
}

ClaimsSection claims_section_of(const compare::DimensionAssessment& assessment) {
  const compare::DimensionOptions& options = assessment.options;
  return {.introduction = fmt::format(
              "Each claim follows from the prediction. A true prediction has one of them rejected "
              "with a chance of at most {:.3g}, all taken together. Means are extrapolated as a "
              "series in {}; a rejection has to survive one more term of it.",
              options.family_error, series_in_words(assessment)),
          .caption =
              "Claims, each with the number that speaks loudest against it; intervals hold "
              "for all of a claim's numbers at once"};
}

}  // namespace

std::string dimension_report(const DimensionStudy& study, const std::vector<Figure>& figures,
                             const std::map<std::string, std::string>& svg) {
  const compare::DimensionAssessment& assessment = study.assessment;
  HtmlPage page(study.name,
                "How many dimensions does activity keep from layer to layer? A report by "
                "wideproof.");
  page.verdict(assessment.verdict.outcome, verdict_sentence(assessment), {});
  if (!figures.empty()) {
    page.section("Dimensionality and correlation");
    page.figures(figures, svg);
    if (!study.why_no_spectrum.empty()) page.paragraph(study.why_no_spectrum);
  }
  page.section("What decided");
  page.list(assessment.verdict.reasons);
  page.section("The experiment");
  for (const std::string& paragraph : study.experiment) page.paragraph(paragraph);
  add_fixed_point(page, assessment);
  add_claims(page, assessment.claims, claims_section_of(assessment));
  add_layers(page, assessment);
  add_widths(page, assessment);
  add_ending(page, study.provenance,
             files_of_run({.summary = "verdict, predictions, measurements, provenance",
                           .results = "every network's numbers in double precision",
                           .tables = study.tables,
                           .has_figures = !figures.empty()}));
  return page.text();
}

}  // namespace wideproof::report
