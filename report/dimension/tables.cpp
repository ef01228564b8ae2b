// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/tables.hpp>

#include <cmath>
#include <iterator>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <wideproof/report/dimension/words.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/page/claims_text.hpp>
#include <wideproof/report/page/csv_field.hpp>
#include <wideproof/report/page/wrapped_item.hpp>

namespace wideproof::report {
namespace {

using compare::DimensionQuantity;

constexpr std::string_view layer_format = "{:>5}  {:>10}  {:<22}  {:<22}  {}\n";

std::vector<DimensionQuantity> measured_quantities(const compare::DimensionAssessment& assessment) {
  if (assessment.is_of_fixed_dimension) return {DimensionQuantity::dimensionality};
  return {DimensionQuantity::dimensionality, DimensionQuantity::correlation_strength};
}

const char* word_of(DimensionQuantity quantity) {
  return quantity == DimensionQuantity::dimensionality ? "dimensionality" : "correlation_strength";
}

const compare::DimensionMean& mean_of(const compare::WidthDimension& at,
                                      DimensionQuantity quantity) {
  return quantity == DimensionQuantity::dimensionality ? at.dimensionality
                                                       : at.correlation_strength;
}

double predicted_of(const compare::DimensionAssessment& assessment, DimensionQuantity quantity,
                    std::size_t layer) {
  if (!assessment.prediction) return std::nan("");
  const model::LayerDimension& at = assessment.prediction->layers[layer];
  return quantity == DimensionQuantity::dimensionality ? at.dimensionality
                                                       : at.correlation_strength;
}

std::string finite_field(double number) {
  return std::isfinite(number) ? csv_number(number) : "";
}

std::string is_equal_text(const compare::DimensionAssessment& assessment,
                          const compare::DimensionEstimate* estimate) {
  if (estimate == nullptr || !estimate->number.is_judged) return "-";
  return estimate->is_equal(assessment.options.family_error) ? "yes" : "no";
}

std::string rows_of(const compare::DimensionAssessment& assessment, DimensionQuantity quantity) {
  const std::size_t depth = assessment.depth();
  const std::size_t first = assessment.widths.size() - depth;
  const bool has_limits = assessment.limits.has_value();
  const bool is_dimension = quantity == DimensionQuantity::dimensionality;
  std::string text =
      fmt::format("{} {}\n", is_dimension ? "Dimensionality" : "Correlation strength",
                  assessment.symbol(quantity));
  text += fmt::format(layer_format, "layer", "predicted", has_limits ? "N → ∞" : "",
                      fmt::format("N = {}", assessment.widths.back().width),
                      fmt::format("in ±{}", assessment.options.equivalence_margin));
  for (std::size_t l = 0; l < depth; ++l) {
    const compare::DimensionEstimate* estimate = shown_estimate(assessment, quantity, l);
    text += fmt::format(layer_format, l + 1,
                        number_or_dash(predicted_of(assessment, quantity, l), "{:.4g}"),
                        has_limits ? with_error(estimate) : "",
                        with_error(mean_of(assessment.widths[first + l], quantity)),
                        is_equal_text(assessment, estimate));
  }
  return text;
}

}  // namespace

std::string dimension_table(const compare::DimensionAssessment& assessment) {
  std::string table = "width,layer,quantity,replicates,mean,standard_error,predicted\n";
  for (const compare::WidthDimension& at : assessment.widths)
    for (const DimensionQuantity quantity : measured_quantities(assessment))
      fmt::format_to(
          std::back_inserter(table), "{},{},{},{},{},{},{}\n", at.width, at.layer,
          word_of(quantity), at.replicates, csv_number(mean_of(at, quantity).mean),
          csv_number(mean_of(at, quantity).standard_error),
          csv_number(predicted_of(assessment, quantity, static_cast<std::size_t>(at.layer) - 1)));
  return table;
}

std::string dimension_limits_table(const compare::DimensionAssessment& assessment) {
  std::string table = "layer,quantity,order,limit,standard_error,low,high,predicted,p_value\n";
  if (!assessment.limits) return table;
  for (const compare::DimensionEstimate& at : assessment.limits->all) {
    const compare::Interval interval = at.number.shown(at.interval(0.95));
    fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{},{},{},{}\n", at.number.layer + 1,
                   word_of(at.number.quantity), assessment.limits->order(),
                   csv_number(at.number.shown(at.value)),
                   csv_number(at.number.shown_error(at.value, at.standard_error)),
                   finite_field(interval.low), finite_field(interval.high),
                   csv_number(predicted_of(assessment, at.number.quantity, at.number.layer)),
                   csv_number(at.p_value));
  }
  return table;
}

std::string terminal_table(const compare::DimensionAssessment& assessment, bool in_colour) {
  std::string text;
  if (!assessment.widths.empty()) {
    for (const DimensionQuantity quantity : measured_quantities(assessment))
      text += (text.empty() ? "" : "\n") + rows_of(assessment, quantity);
    text += wrapped_lines(
        assessment.is_of_fixed_dimension
            ? "D̃ = (tr C)²/(N tr C²), C the covariance over inputs; N D̃ is how many directions "
              "activations spread over. Its mean is that of 1/(N D̃), inverted."
            : "D̃ = (tr C)²/(N tr C²), C the covariance over inputs; its mean is that of 1/D̃, "
              "inverted. Σ is the mean of C_ij² over pairs of units.");
  }
  text += claims_text(assessment.claims);
  return text + "\n" + verdict_text(assessment.verdict, in_colour);
}

}  // namespace wideproof::report
