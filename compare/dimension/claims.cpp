// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/claims.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/statistics/worst_contrast.hpp>
#include <wideproof/compare/widths/joint_layers.hpp>
#include <wideproof/compare/widths/limit_words.hpp>
#include <wideproof/compare/widths/open_claim.hpp>

namespace wideproof::compare {
namespace {

constexpr double error_of_intervals = 0.05;
constexpr const char* too_heavy_to_trust =
    "with tails this heavy no standard error can be trusted: add replicates";

/// The numbers that are judged, by their estimates.
std::vector<const DimensionEstimate*> judged_of(const DimensionAssessment& assessment) {
  std::vector<const DimensionEstimate*> judged;
  for (const DimensionEstimate& estimate : assessment.estimates)
    if (estimate.number.is_judged) judged.push_back(&estimate);
  return judged;
}

std::string place_of(const DimensionAssessment& assessment, const DimensionNumber& number) {
  return fmt::format("layer {}, {}", number.layer + 1, assessment.symbol(number.quantity));
}

WidthSeriesTerm term_of(const DimensionAssessment& assessment) {
  return {.width = "N", .power = assessment.options.power};
}

/// "D̃ and NΣ"
std::string both_symbols(const DimensionAssessment& assessment) {
  const std::string symbol = assessment.symbol(DimensionQuantity::dimensionality);
  return assessment.is_of_fixed_dimension ? symbol : symbol + " and NΣ";
}

const char* tend(const DimensionAssessment& assessment) {
  return assessment.is_of_fixed_dimension ? "tends" : "tend";
}

/// With an interval that holds for all `members` of the claim at once (Bonferroni).
void show(Claim& claim, const DimensionAssessment& assessment, const DimensionEstimate& estimate,
          std::size_t members) {
  const DimensionNumber& number = estimate.number;
  const Interval interval =
      number.shown(estimate.interval(1.0 - error_of_intervals / static_cast<double>(members)));
  claim.prediction = number.shown(number.predicted);
  claim.measurement = number.shown(estimate.value);
  claim.low = interval.low;
  claim.high = interval.high;
  claim.where = place_of(assessment, number);
  if (estimate.is_exact) claim.exactness = "the same in every network";
}

const DimensionEstimate& loudest_of(const std::vector<const DimensionEstimate*>& estimates) {
  return **std::max_element(estimates.begin(), estimates.end(), [](const auto* a, const auto* b) {
    const auto z = [](const DimensionEstimate& at) {
      return std::abs(at.value - at.number.predicted) / at.standard_error;
    };
    return z(*a) < z(*b);
  });
}

/// Where the joint test rejects and the number shown does not show it: the one that is farthest off
/// what the others let expect of it, if that is significant; else a word that none is.
void show_joint_evidence(Claim& claim, const DimensionAssessment& assessment) {
  const bool is_seen = *claim.low > *claim.prediction || *claim.high < *claim.prediction;
  const DimensionLimits& limits = *assessment.limits;
  if (!(*claim.p_unguarded < assessment.options.family_error) || is_seen ||
      limits.joint_numbers.size() < 2)
    return;
  Eigen::VectorXd difference = limits.joint.limit;
  for (Eigen::Index k = 0; k < difference.size(); ++k)
    difference[k] -= limits.joint_numbers[static_cast<std::size_t>(k)].predicted;
  const ConditionalDeviation sharpest =
      sharpest_deviation(difference, limits.joint.parts, limits.joint.test);
  const double half = student_upper_quantile(0.5 * error_of_intervals /
                                                 static_cast<double>(limits.joint_numbers.size()),
                                             sharpest.degrees_of_freedom) *
                      sharpest.standard_error;
  if (!(std::abs(sharpest.difference) > half)) {
    claim.detail += "; no number explains it alone";
    return;
  }
  const DimensionNumber& number = limits.joint_numbers[static_cast<std::size_t>(sharpest.index)];
  const double value = number.predicted + sharpest.difference;
  const Interval interval = number.shown({value - half, value + half});
  claim.exactness.clear();
  claim.prediction = number.shown(number.predicted);
  claim.measurement = number.shown(value);
  claim.low = interval.low;
  claim.high = interval.high;
  claim.where = place_of(assessment, number) + ", given the other numbers";
  claim.detail += fmt::format("; the other numbers without it {}", p_text(sharpest.p_of_rest));
}

Claim limit_claim(const DimensionAssessment& assessment,
                  const std::vector<const DimensionEstimate*>& judged) {
  const DimensionLimits& limits = *assessment.limits;
  const JointLayers layers(assessment.depth());
  std::vector<const DimensionEstimate*> joint = judged;
  std::erase_if(joint, [&](const auto* at) { return !layers.holds(at->number.layer); });
  Claim claim;
  claim.name = "limit";
  const std::string of_layers =
      layers.count() == layers.depth()
          ? "all layers"
          : fmt::format("{} layers, spread evenly over all {}", layers.count(), layers.depth());
  claim.statement = fmt::format("{} of {} {} to the prediction.", both_symbols(assessment),
                                of_layers, tend(assessment));
  claim.p_unguarded = limits.joint.test.p_value;
  claim.p_value = limits.joint.guard
                      ? std::max(limits.joint.test.p_value, limits.joint.guard->p_value)
                      : limits.joint.test.p_value;
  claim.detail = describe(limits.joint, term_of(assessment));
  show(claim, assessment, loudest_of(joint), joint.size());
  show_joint_evidence(claim, assessment);
  return claim;
}

Claim layers_claim(const DimensionAssessment& assessment,
                   const std::vector<const DimensionEstimate*>& judged) {
  const auto members = static_cast<double>(judged.size());
  double p = 1.0;
  double guarded = 1.0;
  for (const DimensionEstimate* at : judged) {
    p = std::min(p, members * at->p_value);
    guarded = std::min(guarded, members * std::max(at->p_value, at->guard_p.value_or(0.0)));
  }
  Claim claim;
  claim.name = "layers";
  claim.statement = fmt::format("{} of every layer {} to the prediction.", both_symbols(assessment),
                                tend(assessment));
  claim.p_unguarded = p;
  claim.p_value = guarded;
  const DimensionEstimate& loudest = loudest_of(judged);
  claim.detail = fmt::format("order {} in {}: z = {:.3g}, Bonferroni over {} number{} {}",
                             assessment.limits->order(), term_of(assessment).name(),
                             (loudest.value - loudest.number.predicted) / loudest.standard_error,
                             judged.size(), judged.size() == 1 ? "" : "s", p_text(p));
  if (assessment.limits->joint.guard)
    claim.detail +=
        fmt::format("; with order {} besides {}", assessment.limits->order() + 1, p_text(guarded));
  show(claim, assessment, loudest, judged.size());
  return claim;
}

Claim equivalence_claim(const DimensionAssessment& assessment,
                        const std::vector<const DimensionEstimate*>& judged) {
  const double level = assessment.options.family_error;
  const DimensionEstimate& worst =
      **std::max_element(judged.begin(), judged.end(), [level](const auto* a, const auto* b) {
        return a->room_taken(level) < b->room_taken(level);
      });
  Claim claim;
  claim.name = "equivalence";
  const std::string margin = as_percent(assessment.options.equivalence_margin);
  claim.statement =
      assessment.limits
          ? fmt::format("In the limit every number lies within {} of its prediction.", margin)
          : fmt::format("At width {} every number lies within {} of its prediction.",
                        assessment.widths.back().width, margin);
  if (worst.is_equal(level) && assessment.heavy_limits.empty()) claim.outcome = Outcome::agree;
  show(claim, assessment, worst, judged.size());
  claim.detail = fmt::format("two one-sided tests of each number at level {:.2g}", level);
  if (!assessment.heavy_limits.empty()) claim.obstacle = too_heavy_to_trust;
  return claim;
}

std::optional<Claim> bias_exponent_claim(const DimensionAssessment& assessment) {
  std::vector<double> p_values;
  const LayerConvergence* loudest = nullptr;
  for (const LayerConvergence& at : assessment.convergence) {
    if (!at.bias) continue;
    p_values.push_back(at.bias->p_value);
    if (loudest == nullptr || at.bias->p_value < loudest->bias->p_value) loudest = &at;
  }
  if (loudest == nullptr) return std::nullopt;
  const std::vector<double> adjusted = holm_adjusted(p_values);
  Claim claim;
  claim.name = "bias-exponent";
  claim.number = ClaimNumber::exponent;
  claim.statement =
      fmt::format("The mean over networks approaches its limit as {}.", term_of(assessment).name());
  claim.p_value = claim.p_unguarded = *std::min_element(adjusted.begin(), adjusted.end());
  claim.prediction = -assessment.options.power;
  claim.measurement = loudest->bias->value;
  // From one layer's interval to one for all of them, by the normal law's quantiles.
  const double wider =
      normal_upper_quantile(0.5 * error_of_intervals / static_cast<double>(p_values.size())) /
      normal_upper_quantile(0.5 * error_of_intervals);
  claim.low = loudest->bias->value - wider * (loudest->bias->value - loudest->bias->low);
  claim.high = loudest->bias->value + wider * (loudest->bias->high - loudest->bias->value);
  claim.where = fmt::format("layer {}", loudest->layer);
  claim.detail =
      fmt::format("Holm over {} layer{}", p_values.size(), p_values.size() == 1 ? "" : "s");
  return claim;
}

Obstacle no_law(const DimensionAssessment& assessment) {
  if (assessment.limits->follows_series(assessment.options.family_error)) return {};
  return {fmt::format("the means do not follow a series in {}, so no limit can be trusted",
                      term_of(assessment).name()),
          true};
}

Obstacle few_networks(const DimensionAssessment& assessment) {
  const bool few =
      std::any_of(assessment.widths.begin(), assessment.widths.end(),
                  [](const WidthDimension& at) { return at.replicates < fewest_networks; });
  return when(few, {fmt::format("fewer than {} networks of a width are too few to show how heavy "
                                "the tails of their numbers are: add replicates",
                                fewest_networks)});
}

/// What is resampled or tested by Student's t is not to be trusted then, in either direction.
Obstacle heavy_tails_of(const DimensionAssessment& assessment) {
  return when(!assessment.heavy_limits.empty(), {too_heavy_to_trust, true});
}

Obstacle few_widths(const DimensionAssessment& assessment) {
  return when(!assessment.limits->joint.guard,
              {fmt::format("with fewer than four widths a wrong prediction cannot be told from a "
                           "curvature in {}: simulate four or more",
                           term_of(assessment).name())});
}

}  // namespace

std::vector<Claim> dimension_claims(const DimensionAssessment& assessment) {
  const std::vector<const DimensionEstimate*> judged = judged_of(assessment);
  std::vector<OpenClaim> open;
  if (judged.empty()) return {};
  if (assessment.limits) {
    const Obstacle obstacle = first_of({no_law(assessment), heavy_tails_of(assessment),
                                        few_widths(assessment), few_networks(assessment)});
    const std::string next_term = term_of(assessment).name(assessment.limits->order() + 1);
    open.push_back({limit_claim(assessment, judged), obstacle, next_term});
    open.push_back({layers_claim(assessment, judged), obstacle, next_term});
    open.push_back({equivalence_claim(assessment, judged), {}});
    if (auto claim = bias_exponent_claim(assessment))
      open.push_back({std::move(*claim), obstacle, next_term});
  } else {
    open.push_back({equivalence_claim(assessment, judged), {}});
  }
  judge_together(open, assessment.options.family_error, 1);
  std::vector<Claim> claims;
  for (OpenClaim& at : open) {
    if (!at.claim.exactness.empty()) at.claim.detail += "; " + at.claim.exactness;
    claims.push_back(std::move(at.claim));
  }
  return claims;
}

}  // namespace wideproof::compare
