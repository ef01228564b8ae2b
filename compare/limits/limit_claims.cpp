// SPDX-License-Identifier: MIT
#include <wideproof/compare/limits/limit_claims.hpp>

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

namespace wideproof::compare {
namespace {

constexpr double error_of_intervals = 0.05;
constexpr const char* too_heavy_to_trust =
    "with tails this heavy no standard error can be trusted: add replicates";

/// The places of the numbers that are judged.
std::vector<std::size_t> judged_of(const LimitFindings& found) {
  std::vector<std::size_t> judged;
  for (std::size_t k = 0; k < found.estimates().size(); ++k)
    if (found.estimates()[k].number.is_judged) judged.push_back(k);
  return judged;
}

/// With an interval that holds for all `members` of the claim at once (Bonferroni).
void show(Claim& claim, const LimitFindings& found, const LimitWords& words, std::size_t number,
          std::size_t members) {
  const LimitEstimate<>& estimate = found.estimates()[number];
  const Interval interval = words.shown_interval(
      number, estimate.interval(1.0 - error_of_intervals / static_cast<double>(members)));
  claim.prediction = words.shown(number, estimate.number.predicted);
  claim.measurement = words.shown(number, estimate.value);
  claim.low = interval.low;
  claim.high = interval.high;
  claim.where = words.place(number);
  if (estimate.is_exact) claim.exactness = words.exactness;
}

double z_of(const LimitEstimate<>& at) {
  return (at.value - at.number.predicted) / at.standard_error;
}

std::size_t loudest_of(const LimitFindings& found, const std::vector<std::size_t>& numbers) {
  return *std::max_element(numbers.begin(), numbers.end(), [&found](std::size_t a, std::size_t b) {
    return std::abs(z_of(found.estimates()[a])) < std::abs(z_of(found.estimates()[b]));
  });
}

/// Where the joint test rejects and the number shown does not show it: the one that is farthest off
/// what the others let expect of it, if that is significant; else a word that none is.
void show_joint_evidence(Claim& claim, const LimitFindings& found, const LimitWords& words) {
  const bool is_seen = *claim.low > *claim.prediction || *claim.high < *claim.prediction;
  const NumberLimits<>& limits = *found.limits;
  if (!(*claim.p_unguarded < found.options.family_error) || is_seen ||
      limits.joint_numbers.size() < 2)
    return;
  const auto predicted_of = [&limits](Eigen::Index k) {
    return limits.all[limits.joint_numbers[static_cast<std::size_t>(k)]].number.predicted;
  };
  Eigen::VectorXd difference = limits.joint.limit;
  for (Eigen::Index k = 0; k < difference.size(); ++k) difference[k] -= predicted_of(k);
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
  const std::size_t number = limits.joint_numbers[static_cast<std::size_t>(sharpest.index)];
  const double value = predicted_of(sharpest.index) + sharpest.difference;
  const Interval interval = words.shown_interval(number, {value - half, value + half});
  claim.exactness.clear();
  claim.prediction = words.shown(number, predicted_of(sharpest.index));
  claim.measurement = words.shown(number, value);
  claim.low = interval.low;
  claim.high = interval.high;
  claim.where = words.place(number) + ", given the other numbers";
  claim.detail += fmt::format("; the other numbers without it {}", p_text(sharpest.p_of_rest));
}

Claim limit_claim(const LimitFindings& found, const LimitWords& words) {
  const NumberLimits<>& limits = *found.limits;
  Claim claim;
  claim.name = "limit";
  claim.statement = words.limit_statement;
  claim.p_unguarded = limits.joint.test.p_value;
  claim.p_value = limits.joint.guard
                      ? std::max(limits.joint.test.p_value, limits.joint.guard->p_value)
                      : limits.joint.test.p_value;
  claim.detail = describe(limits.joint, words.term(found.options));
  show(claim, found, words, loudest_of(found, limits.joint_numbers), limits.joint_numbers.size());
  show_joint_evidence(claim, found, words);
  return claim;
}

Claim numbers_claim(const LimitFindings& found, const LimitWords& words,
                    const std::vector<std::size_t>& judged) {
  const auto members = static_cast<double>(judged.size());
  double p = 1.0;
  double guarded = 1.0;
  for (const std::size_t k : judged) {
    const LimitEstimate<>& at = found.estimates()[k];
    p = std::min(p, members * at.p_value);
    guarded = std::min(guarded, members * std::max(at.p_value, at.guard_p.value_or(0.0)));
  }
  Claim claim;
  claim.name = words.numbers_claim;
  claim.statement = words.numbers_statement;
  claim.p_unguarded = p;
  claim.p_value = guarded;
  const std::size_t loudest = loudest_of(found, judged);
  claim.detail = fmt::format("order {} in {}: z = {:.3g}, Bonferroni over {} number{} {}",
                             found.limits->order(), words.term(found.options).name(),
                             z_of(found.estimates()[loudest]), judged.size(),
                             judged.size() == 1 ? "" : "s", p_text(p));
  if (found.limits->joint.guard)
    claim.detail +=
        fmt::format("; with order {} besides {}", found.limits->order() + 1, p_text(guarded));
  show(claim, found, words, loudest, judged.size());
  return claim;
}

Claim equivalence_claim(const LimitFindings& found, const LimitWords& words,
                        const std::vector<std::size_t>& judged) {
  const double level = found.options.family_error;
  const std::size_t worst =
      *std::max_element(judged.begin(), judged.end(), [&](std::size_t a, std::size_t b) {
        return found.estimates()[a].room_taken(level) < found.estimates()[b].room_taken(level);
      });
  Claim claim;
  claim.name = "equivalence";
  const std::string margin = as_percent(found.options.equivalence_margin);
  claim.statement =
      found.limits
          ? fmt::format("In the limit every number lies within {} of its prediction.", margin)
          : fmt::format("At width {} every number lies within {} of its prediction.",
                        found.widths.back(), margin);
  if (found.estimates()[worst].is_equal(level) && found.heavy.empty())
    claim.outcome = Outcome::agree;
  show(claim, found, words, worst, judged.size());
  claim.detail = fmt::format("two one-sided tests of each number at level {:.2g}", level);
  if (!found.heavy.empty()) claim.obstacle = too_heavy_to_trust;
  return claim;
}

std::optional<Claim> bias_exponent_claim(const LimitFindings& found, const LimitWords& words) {
  if (found.biases.empty()) return std::nullopt;
  std::vector<double> p_values;
  const PlacedExponent* loudest = nullptr;
  for (const PlacedExponent& at : found.biases) {
    p_values.push_back(at.exponent.p_value);
    if (loudest == nullptr || at.exponent.p_value < loudest->exponent.p_value) loudest = &at;
  }
  const std::vector<double> adjusted = holm_adjusted(p_values);
  const Exponent& shown = loudest->exponent;
  Claim claim;
  claim.name = "bias-exponent";
  claim.number = ClaimNumber::exponent;
  claim.statement = fmt::format("The mean over networks approaches its limit as {}.",
                                words.term(found.options).name());
  claim.p_value = claim.p_unguarded = *std::min_element(adjusted.begin(), adjusted.end());
  claim.prediction = -found.options.power;
  claim.measurement = shown.value;
  // From one interval to one for all of them, by the normal law's quantiles.
  const double wider =
      normal_upper_quantile(0.5 * error_of_intervals / static_cast<double>(p_values.size())) /
      normal_upper_quantile(0.5 * error_of_intervals);
  claim.low = shown.value - wider * (shown.value - shown.low);
  claim.high = shown.value + wider * (shown.high - shown.value);
  claim.where = loudest->place;
  claim.detail = fmt::format("Holm over {} {}{}", p_values.size(), words.bias_unit,
                             p_values.size() == 1 ? "" : "s");
  return claim;
}

}  // namespace

Obstacle obstacle_to_limits(const LimitFindings& found, const LimitWords& words) {
  if (!found.limits) return {};
  const std::string term = words.term(found.options).name();
  return first_of(
      {when(
           !found.follows_series(),
           {fmt::format("the means do not follow a series in {}, so no limit can be trusted", term),
            true}),
       // What is resampled or tested by Student's t is not to be trusted then, in either direction.
       when(!found.heavy.empty(), {too_heavy_to_trust, true}),
       when(!found.limits->joint.guard,
            {fmt::format("with fewer than four widths a wrong prediction cannot be told from a "
                         "curvature in {}: simulate four or more",
                         term)}),
       when(found.fewest_networks < fewest_networks,
            {fmt::format("fewer than {} networks of a width are too few to show how heavy the "
                         "tails of their numbers are: add replicates",
                         fewest_networks)})});
}

std::vector<OpenClaim> open_limit_claims(const LimitFindings& found, const LimitWords& words) {
  const std::vector<std::size_t> judged = judged_of(found);
  std::vector<OpenClaim> open;
  if (judged.empty()) return open;
  if (!found.limits) {
    open.push_back({equivalence_claim(found, words, judged), {}});
    return open;
  }
  const Obstacle obstacle = obstacle_to_limits(found, words);
  const std::string next_term = words.term(found.options).name(found.limits->order() + 1);
  open.push_back({limit_claim(found, words), obstacle, next_term});
  open.push_back({numbers_claim(found, words, judged), obstacle, next_term});
  open.push_back({equivalence_claim(found, words, judged), {}});
  if (auto claim = bias_exponent_claim(found, words))
    open.push_back({std::move(*claim), obstacle, next_term});
  return open;
}

std::vector<Claim> judged_claims(std::vector<OpenClaim> open, double family_error) {
  judge_together(open, family_error, 1);
  std::vector<Claim> claims;
  for (OpenClaim& at : open) {
    if (!at.claim.exactness.empty()) at.claim.detail += "; " + at.claim.exactness;
    claims.push_back(std::move(at.claim));
  }
  return claims;
}

}  // namespace wideproof::compare
