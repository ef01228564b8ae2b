// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/claims.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/gram/conviction.hpp>
#include <wideproof/compare/gram/joint_limits.hpp>
#include <wideproof/compare/gram/single_claims.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/widths/fluctuation_exponent.hpp>

namespace wideproof::compare {
namespace {

/// Why a rejection would not convict; without a text there is no obstacle.
struct Obstacle {
  std::string text = {};
  bool bars_agreement = false;  ///< what follows no law does not agree with a limit either
};

const Obstacle too_few_widths = {
    "with fewer than four widths a wrong prediction cannot be told from a curvature in 1/n: "
    "simulate four or more"};
const Obstacle too_heavy = {"with tails this heavy the test cannot be trusted: add replicates"};
const Obstacle no_law = {"the means do not follow a series in 1/n, so no limit can be trusted",
                         true};
const Obstacle no_variance_law = {
    "the variances do not follow a series in 1/n, so no limit can be trusted", true};

constexpr const char* incomputable =
    "a number that it rests on is not finite, so it can be neither shown nor refuted";

/// A claim that is about to be judged, and what stands in its way.
struct OpenClaim {
  Claim claim;
  Obstacle obstacle;
  int next_order = 0;                     ///< of the guard's last term, in 1/n
  std::optional<JointLimits> joint = {};  ///< of a claim that one joint test decides
};

/// Of each width: fewer do not show the tails of what is averaged.
constexpr std::int64_t fewest_for_means = 10;
constexpr std::int64_t fewest_for_variances = 40;

/// Why the series in 1/n cannot be trusted at these widths.
Obstacle narrowness(const Assessment& assessment) {
  if (assessment.too_narrow) {
    const auto& [width, layer, relative_variance] = *assessment.too_narrow;
    if (std::isinf(relative_variance))
      return {fmt::format("at width {} every network's norm is 0 at layer {}: take wider networks",
                          width, layer)};
    return {fmt::format(
        "at width {} the norm of layer {} varies from network to network by more than its mean "
        "(relative variance {:.2g}), too much for a series in 1/n: take wider networks",
        width, layer, relative_variance)};
  }
  if (assessment.silent) {
    const auto& [width, layer, networks, replicates] = *assessment.silent;
    return {fmt::format(
        "at width {} an input activates no neuron of layer {} in {} of {} networks, too often for "
        "a series in 1/n: take wider networks",
        width, layer, networks, replicates)};
  }
  return {};
}

/// Why tails cannot be known of so few networks.
Obstacle fewness(const Assessment& assessment, std::int64_t fewest, const char* of_what) {
  const bool few = std::any_of(assessment.widths.begin(), assessment.widths.end(),
                               [=](const auto& at) { return at.replicates < fewest; });
  if (!few) return {};
  return {
      fmt::format("fewer than {} networks of a width are too few to show how heavy the tails "
                  "of their {} are: add replicates",
                  fewest, of_what)};
}

Obstacle when(bool so, const Obstacle& obstacle) {
  return so ? obstacle : Obstacle{};
}

Obstacle first_of(const std::vector<Obstacle>& obstacles) {
  for (const Obstacle& obstacle : obstacles)
    if (!obstacle.text.empty()) return obstacle;
  return {};
}

std::size_t number_of_widths(const Assessment& assessment) {
  return assessment.widths.size() / assessment.depth();
}

/// A lack of fit that cannot be computed is no fit.
bool lacks_fit(const std::optional<JointTest>& lack_of_fit, double level) {
  return lack_of_fit && !(lack_of_fit->p_value >= level);
}

/// Whether a number that the claim rests on, or shows, is not finite. An exact one shows no
/// interval.
bool is_incomputable(const Claim& claim) {
  const auto is_missing = [](const std::optional<double>& number) {
    return number && !std::isfinite(*number);
  };
  const bool interval =
      claim.exactness.empty() && (is_missing(claim.low) || is_missing(claim.high));
  return !claim.is_complete || interval || is_missing(claim.p_value) ||
         is_missing(claim.p_unguarded) || is_missing(claim.prediction) ||
         is_missing(claim.measurement);
}

/// "1/n²"
std::string term_of(int order) {
  const char* const powers[] = {"", "1/n", "1/n²", "1/n³"};
  return powers[order];
}

/// Multiplies the p-values by the looks.
void count_looks(Claim& claim, int looks) {
  for (std::optional<double>* p : {&claim.p_value, &claim.p_unguarded})
    if (*p) *p = std::min(1.0, looks * **p);
}

/// The outcome of a claim that has a p-value, and of one that is open the obstacle. `unguarded` is
/// p_unguarded, adjusted as p_adjusted is.
void decide(OpenClaim& open, double unguarded, double family_error) {
  Claim& claim = open.claim;
  const bool rejected = *claim.p_adjusted < family_error;
  if (rejected && claim.obstacle.empty()) {
    claim.outcome = Outcome::disagree;
  } else if (is_incomputable(claim)) {
    claim.outcome = Outcome::inconclusive;
    claim.obstacle = incomputable;
  } else if (rejected || unguarded < family_error || open.obstacle.bars_agreement) {
    claim.outcome = Outcome::inconclusive;
    if (claim.obstacle.empty())
      claim.obstacle = fmt::format(
          "a {} term that these widths cannot rule out could explain it (with such a term "
          "family-wise {}): add wider networks or replicates",
          term_of(open.next_order), p_text(*claim.p_adjusted));
  } else {
    claim.outcome = Outcome::agree;
  }
}

/// Fills p_adjusted and the outcomes of the claims that have a p-value.
void judge_together(std::vector<OpenClaim>& claims, const Options& options) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> guarded, unguarded;
  for (OpenClaim& open : claims) {
    count_looks(open.claim, options.looks);
    guarded.push_back(open.claim.p_value.value_or(nan));
    unguarded.push_back(open.claim.p_unguarded.value_or(nan));
  }
  guarded = holm_adjusted(guarded);
  unguarded = holm_adjusted(unguarded);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (!claims[i].claim.p_value) continue;
    claims[i].claim.p_adjusted = guarded[i];
    decide(claims[i], unguarded[i], options.family_error);
  }
}

/// The claims in their order, each with the first obstacle that it meets.
std::vector<OpenClaim> open_claims(const Assessment& assessment) {
  const Options& options = assessment.options;
  const std::optional<Extrapolation>& limits = assessment.extrapolation;
  const bool few = limits && !limits->classes.may_convict(options.order.has_value());
  const bool unfit = limits && lacks_fit(limits->classes.lack_of_fit, options.family_error);
  const Obstacle narrow = narrowness(assessment);
  const Obstacle few_for_means = fewness(assessment, fewest_for_means, "norm");
  const Obstacle few_for_variances = fewness(assessment, fewest_for_variances, "variance");
  const Obstacle of_means = first_of({when(unfit, no_law), when(few, too_few_widths),
                                      when(!options.order, narrow), few_for_means});
  const Obstacle of_slopes =
      when(number_of_widths(assessment) < widths_for_curvature, too_few_widths);
  std::vector<OpenClaim> claims;
  if (limits) {
    claims.push_back(
        {limit_claim(assessment), of_means, limits->classes.order + 1, joint_means(*limits)});
    const Obstacle heavy = when(!assessment.heavy_tails.empty(), too_heavy);
    claims.push_back({entries_claim(assessment), first_of({of_means, heavy}), limits->order + 1});
  }
  claims.push_back({equivalence_claim(assessment), {}});
  if (auto claim = fluctuation_exponent_claim(assessment))
    claims.push_back({std::move(*claim),
                      first_of({of_slopes, narrow, few_for_variances,
                                when(assessment.spread_is_heavy, too_heavy)}),
                      corrections_of_guard});
  if (auto claim = bias_exponent_claim(assessment))
    claims.push_back(
        {std::move(*claim), first_of({when(unfit, no_law), of_slopes, narrow, few_for_means})});
  if (assessment.fluctuation) {
    const ClassLimit& fit = assessment.fluctuation->log_limit;
    const bool has_no_law = lacks_fit(fit.lack_of_fit, options.family_error);
    claims.push_back(
        {fluctuation_claim(assessment),
         first_of({when(has_no_law, no_variance_law), when(!fit.may_convict(false), too_few_widths),
                   narrow, few_for_variances}),
         fit.order + 1, joint_variances(*assessment.fluctuation)});
  }
  for (auto& [claim, obstacle, order, joint] : claims) {
    if (!claim.exactness.empty()) claim.detail += "; " + claim.exactness;
    if (claim.obstacle.empty()) claim.obstacle = obstacle.text;
  }
  return claims;
}

}  // namespace

std::vector<Claim> claims_of(const Assessment& assessment) {
  std::vector<OpenClaim> open = open_claims(assessment);
  judge_together(open, assessment.options);
  std::vector<Claim> claims;
  for (auto& [claim, obstacle, order, joint] : open) {
    if (joint) show_what_convicts(claim, *joint, assessment.options.family_error);
    claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideproof::compare
