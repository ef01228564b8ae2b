// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/words.hpp>

#include <cmath>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/widths/limit_words.hpp>
#include <wideproof/report/page/claims_section.hpp>

namespace wideproof::report {
std::string estimates_at(const compare::DimensionAssessment& assessment) {
  if (assessment.limits || assessment.widths.empty()) return "N → ∞";
  return fmt::format("N = {}", assessment.widths.back().width);
}

const compare::DimensionEstimate* shown_estimate(const compare::DimensionAssessment& assessment,
                                                 compare::DimensionQuantity quantity,
                                                 std::size_t layer) {
  if (assessment.limits && !assessment.limits->follows_series(assessment.options.family_error))
    return nullptr;
  return assessment.estimate(quantity, layer);
}

std::string series_in_words(const compare::DimensionAssessment& assessment) {
  return compare::WidthSeriesTerm{.width = "N", .power = assessment.options.power}.name();
}

std::string with_error(const compare::DimensionEstimate* estimate) {
  if (estimate == nullptr) return "–";
  const double value = estimate->number.shown(estimate->value);
  if (estimate->is_exact && std::isfinite(value)) return fmt::format("{:.4g}, exact", value + 0.0);
  return with_error(value, estimate->number.shown_error(estimate->value, estimate->standard_error));
}

std::string with_error(const compare::DimensionMean& mean) {
  return with_error(mean.mean, mean.standard_error);
}

std::string verdict_sentence(const compare::DimensionAssessment& assessment) {
  const std::string margin = compare::as_percent(assessment.options.equivalence_margin);
  const std::string where = assessment.limits ? "in the limit of wide layers"
                            : assessment.widths.empty()
                                ? "nowhere"
                                : fmt::format("at width {}", assessment.widths.back().width);
  if (!assessment.is_judged())
    return "The networks were measured; there is no prediction to set beside them.";
  switch (assessment.verdict.outcome) {
    case compare::Outcome::agree:
      return fmt::format(
          "Mean-field theory and sampled networks agree: {} every layer's numbers lie within {} of "
          "the prediction.",
          where, margin);
    case compare::Outcome::disagree:
      return "Mean-field theory and sampled networks disagree.";
    case compare::Outcome::inconclusive:
      break;
  }
  return fmt::format(
      "Mean-field theory was neither confirmed nor refuted. That its numbers hold to within {} "
      "could not be shown.",
      margin);
}

SweepWords dimension_sweep_words() {
  return {.compared = "mean-field theory and sampled networks",
          .only_measured =
              "The points were measured only: there was no prediction to set beside the networks."};
}

}  // namespace wideproof::report
