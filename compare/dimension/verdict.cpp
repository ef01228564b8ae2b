// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/verdict.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <fmt/format.h>

#include <wideproof/compare/dimension/networks_plan.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/statistics/tail_sums.hpp>
#include <wideproof/compare/widths/limit_words.hpp>
#include <wideproof/compare/widths/objections.hpp>

namespace wideproof::compare {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::string series_of(const DimensionAssessment& assessment) {
  return WidthSeriesTerm{.width = "N", .power = assessment.options.power}.name();
}

/// The judged estimate that takes most of its room.
const DimensionEstimate& nearest_to_the_margin(const DimensionAssessment& assessment) {
  const double level = assessment.options.family_error;
  const DimensionEstimate* worst = nullptr;
  for (const DimensionEstimate& at : assessment.estimates)
    if (at.number.is_judged &&
        (worst == nullptr || at.room_taken(level) > worst->room_taken(level)))
      worst = &at;
  return *worst;
}

/// `layer 2, D̃ = 0.512 ± 0.003, predicted 0.48`
std::string in_words(const DimensionAssessment& assessment, const DimensionEstimate& at) {
  const DimensionNumber& number = at.number;
  const std::string value =
      at.is_exact ? fmt::format("{:.5g} (the same in every network)", number.shown(at.value))
                  : fmt::format("{:.5g} ± {:.2g}", number.shown(at.value),
                                number.shown_error(at.value, at.standard_error));
  return fmt::format("layer {}, {} = {}, predicted {:.5g}", number.layer + 1,
                     assessment.symbol(number.quantity), value, number.shown(number.predicted));
}

/// What would decide an open equivalence of limits.
std::string more_networks(const DimensionAssessment& assessment) {
  const NetworksPlan plan = plan_networks(assessment.estimates, assessment.options.family_error);
  if (!plan.networks) return "more networks cannot be promised to decide it: take wider ones";
  std::string text = fmt::format("if the prediction holds, about {} times the replicates",
                                 at_least(*plan.networks));
  if (plan.widths) text += fmt::format(" or widths {} times as large", at_least(*plan.widths));
  return text + " would decide it in nine runs of ten";
}

/// What would bring a mean at the only width within the margin.
std::string at_the_only_width(const DimensionAssessment& assessment) {
  const DimensionEstimate& worst = nearest_to_the_margin(assessment);
  const double difference = worst.value - worst.number.predicted;
  const double room = difference > 0.0 ? worst.number.equal.high - worst.number.predicted
                                       : worst.number.predicted - worst.number.equal.low;
  const double reach =
      student_upper_quantile(assessment.options.family_error, worst.degrees_of_freedom) *
      worst.standard_error;
  const double left = room - std::abs(difference);
  if (left > 0.5 * room)
    return fmt::format("if the difference is as it seems, about {} times the replicates would do",
                       at_least(std::max(1.1, std::pow(reach / left, 2))));
  const double factor = std::pow(2.0 * std::abs(difference) / room, 1.0 / assessment.options.power);
  return fmt::format(
      "if the difference falls as {}, it is within half the margin at a width of about {}; "
      "simulate four widths up to there",
      series_of(assessment),
      at_least(factor * static_cast<double>(assessment.widths.back().width)));
}

std::string wider_widths(const DimensionAssessment& assessment) {
  return fmt::format("leave out the narrowest width or add wider ones, such as {}",
                     with_commas(2 * assessment.widths.back().width));
}

bool is_equivalent(const DimensionAssessment& assessment) {
  return std::all_of(assessment.estimates.begin(), assessment.estimates.end(), [&](const auto& at) {
    return !at.number.is_judged || at.is_equal(assessment.options.family_error);
  });
}

std::string shortfall(const DimensionAssessment& assessment) {
  return fmt::format("{} not every number is within {} of its prediction with certainty: {}; {}",
                     assessment.limits ? "in the limit"
                                       : fmt::format("at width {}", assessment.widths.back().width),
                     as_percent(assessment.options.equivalence_margin),
                     in_words(assessment, nearest_to_the_margin(assessment)),
                     assessment.limits ? more_networks(assessment) : at_the_only_width(assessment));
}

std::string agreement(const DimensionAssessment& assessment) {
  return fmt::format(
      "{} every number lies within {} of its prediction, each at one-sided level {:.2g}; nearest "
      "to the margin is {}",
      assessment.limits ? "in the limit"
                        : fmt::format("at width {}", assessment.widths.back().width),
      as_percent(assessment.options.equivalence_margin), assessment.options.family_error,
      in_words(assessment, nearest_to_the_margin(assessment)));
}

/// Of an inconclusive verdict on limits.
std::string advice(const DimensionAssessment& assessment) {
  if (!is_equivalent(assessment))
    return fmt::format("not within {} with certainty in the limit: {}",
                       as_percent(assessment.options.equivalence_margin),
                       more_networks(assessment));
  for (const Claim& claim : assessment.claims)
    if (claim.outcome != Outcome::agree && !claim.obstacle.empty())
      return claim.name + ": " + claim.obstacle;
  return "";
}

/// The limits that are heavy, in a sentence.
std::string heavy_in_words(const DimensionAssessment& assessment) {
  const auto& heavy = assessment.heavy_limits;
  const HeavyLimit& worst = worst_of(heavy);
  return fmt::format(
      "too few networks: layer {}, {}: {}{}; about {} times the replicates would do",
      worst.number.layer + 1, assessment.symbol(worst.number.quantity),
      heaviness_in_words(worst.skewness, worst.effective_replicates),
      heavy.size() == 1 ? "" : fmt::format(", and {} more numbers like it", heavy.size() - 1),
      at_least(std::max(1.1, replicates_for(heavy))));
}

void judge_single_width(Verdict& verdict, const DimensionAssessment& assessment) {
  verdict.p_value = none;
  if (!assessment.heavy_limits.empty()) {
    verdict.reasons.push_back(heavy_in_words(assessment));
    verdict.advice = heavy_in_words(assessment);
  } else if (is_equivalent(assessment)) {
    verdict.outcome = Outcome::agree;
    verdict.reasons.push_back(agreement(assessment));
  } else {
    verdict.reasons.push_back(shortfall(assessment));
    verdict.advice = at_the_only_width(assessment);
  }
  verdict.reasons.push_back(fmt::format(
      "one width cannot tell a bias that falls as {} from a wrong limit, so only the means at that "
      "width are judged, and these cannot show that the limit is wrong: simulate four widths or "
      "more",
      series_of(assessment)));
}

void judge_limits(Verdict& verdict, const DimensionAssessment& assessment) {
  const double level = assessment.options.family_error;
  const std::optional<JointTest>& lack_of_fit = assessment.limits->joint.lack_of_fit;
  verdict.p_value = smallest_unguarded_p(assessment.claims);
  if (!assessment.limits->follows_series(level)) {
    verdict.reasons.push_back(
        fmt::format("the means do not follow a series of order {} in {} (lack of fit {}), so no "
                    "limit can be trusted: {}",
                    assessment.limits->order(), series_of(assessment), p_text(lack_of_fit->p_value),
                    wider_widths(assessment)));
    verdict.advice = fmt::format("the means follow no series in {}: {}", series_of(assessment),
                                 wider_widths(assessment));
    return;
  }
  if (!assessment.heavy_limits.empty()) {
    verdict.reasons.push_back(heavy_in_words(assessment));
    verdict.advice = heavy_in_words(assessment);
    return;
  }
  const Objections found = add_objections(verdict.reasons, assessment.claims);
  if (found.are_claims_rejected) {
    verdict.outcome = Outcome::disagree;
    verdict.p_value = found.smallest_p;
    if (is_equivalent(assessment))
      verdict.reasons.push_back(
          fmt::format("all the same, every limit lies within {} of its prediction",
                      as_percent(assessment.options.equivalence_margin)));
  } else if (!is_equivalent(assessment)) {
    verdict.reasons.push_back(shortfall(assessment));
  } else if (!found.are_claims_open) {
    const Claim& nearest = *nearest_to_rejection(assessment.claims);
    verdict.outcome = Outcome::agree;
    verdict.p_value = *nearest.p_adjusted;
    verdict.reasons.push_back(agreement(assessment));
    verdict.reasons.push_back("the claim nearest to a rejection is " + describe(nearest));
  }
  if (verdict.outcome == Outcome::inconclusive) verdict.advice = advice(assessment);
  if (!lack_of_fit)
    verdict.reasons.push_back(
        fmt::format("so few widths cannot test the law in {} itself", series_of(assessment)));
}

void tell_without_prediction(Verdict& verdict, const DimensionAssessment& assessment) {
  verdict.p_value = none;
  verdict.reasons.emplace_back(
      "there is no prediction to set beside what was measured, so nothing "
      "was tested");
  if (assessment.limits && !assessment.limits->follows_series(assessment.options.family_error))
    verdict.reasons.push_back(fmt::format(
        "the means do not follow a series in {} (lack of fit {}), so that no limit can be told",
        series_of(assessment), p_text(assessment.limits->joint.lack_of_fit->p_value)));
}

}  // namespace

Verdict dimension_verdict(const DimensionAssessment& assessment) {
  Verdict verdict;
  verdict.family_error = assessment.options.family_error;
  verdict.p_value = none;
  if (!assessment.hindrance.empty()) {
    verdict.reasons.push_back(assessment.hindrance);
    verdict.advice = assessment.hindrance;
    if (!assessment.is_judged()) tell_without_prediction(verdict, assessment);
  } else if (!assessment.is_judged()) {
    tell_without_prediction(verdict, assessment);
  } else if (assessment.limits) {
    judge_limits(verdict, assessment);
  } else {
    judge_single_width(verdict, assessment);
  }
  return verdict;
}

}  // namespace wideproof::compare
