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
#include <wideproof/compare/gram/single_claims.hpp>
#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/widths/bias_exponent.hpp>
#include <wideproof/compare/widths/fluctuation_exponent.hpp>

namespace wideproof::compare {
namespace {

constexpr const char* too_few_widths =
    "a line alone convicts nobody, for a curvature would explain it: simulate four widths or more";
constexpr const char* too_heavy =
    "networks of so heavy tails convict nobody by this test: add replicates";
constexpr const char* no_law =
    "the means do not follow a law in 1/n, so that no limit is to be trusted";
constexpr const char* no_variance_law =
    "the variances do not follow a law in 1/n, so that no limit is to be trusted";

constexpr const char* incomputable =
    "a number that it rests on is not finite, so that it cannot be said to hold";

/// Of each width: fewer do not show the tails of what is averaged.
constexpr std::int64_t fewest_for_means = 10;
constexpr std::int64_t fewest_for_variances = 40;

/// Why the series in 1/n cannot be trusted at these widths, or nothing.
std::string narrowness(const Assessment& assessment) {
  if (assessment.too_narrow) {
    const auto& [width, layer, relative_variance] = *assessment.too_narrow;
    if (std::isinf(relative_variance))
      return fmt::format("at width {} every network's norm is 0 at layer {}: take wider networks",
                         width, layer);
    return fmt::format(
        "at width {} the norm of one network varies by more than itself (relative variance {:.2g} "
        "at layer {}), too much for a series in 1/n: take wider networks",
        width, relative_variance, layer);
  }
  if (assessment.silent) {
    const auto& [width, layer, networks, replicates] = *assessment.silent;
    return fmt::format(
        "at width {} an input activates no neuron of layer {} in {} of {} networks, too often for "
        "a series in 1/n: take wider networks",
        width, layer, networks, replicates);
  }
  return {};
}

/// Why tails cannot be known of so few networks, or nothing.
std::string fewness(const Assessment& assessment, std::int64_t fewest, const char* of_what) {
  const bool few = std::any_of(assessment.widths.begin(), assessment.widths.end(),
                               [=](const auto& at) { return at.replicates < fewest; });
  if (!few) return {};
  return fmt::format("fewer than {} networks of a width do not show the tails of their {}", fewest,
                     of_what);
}

/// The first that is not empty.
std::string first_of(const std::vector<std::string>& obstacles) {
  for (const std::string& obstacle : obstacles)
    if (!obstacle.empty()) return obstacle;
  return {};
}

std::size_t number_of_widths(const Assessment& assessment) {
  return assessment.widths.size() / assessment.convergence.size();
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

/// Fills p_adjusted and the outcomes of the claims that have a p-value.
void judge_together(std::vector<Claim>& claims, const Options& options) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> guarded, unguarded;
  for (Claim& claim : claims) {
    for (std::optional<double>* p : {&claim.p_value, &claim.p_unguarded})
      if (*p) *p = std::min(1.0, options.looks * **p);
    guarded.push_back(claim.p_value.value_or(nan));
    unguarded.push_back(claim.p_unguarded.value_or(nan));
  }
  guarded = holm_adjusted(guarded);
  unguarded = holm_adjusted(unguarded);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    Claim& claim = claims[i];
    if (!claim.p_value) continue;
    claim.p_adjusted = guarded[i];
    const bool rejected = guarded[i] < options.family_error;
    if (rejected && claim.obstacle.empty()) {
      claim.outcome = Outcome::disagree;
    } else if (is_incomputable(claim)) {
      claim.outcome = Outcome::inconclusive;
      claim.obstacle = incomputable;
    } else if (rejected || unguarded[i] < options.family_error || claim.obstacle == no_law ||
               claim.obstacle == no_variance_law) {
      claim.outcome = Outcome::inconclusive;
      if (claim.obstacle.empty())
        claim.obstacle = fmt::format(
            "the next order in 1/n does not miss it (family-wise p = {:.2g}): a term that these "
            "widths cannot exclude would explain it; add wider networks or replicates",
            guarded[i]);
    } else {
      claim.outcome = Outcome::agree;
    }
  }
}

}  // namespace

std::vector<Claim> claims_of(const Assessment& assessment) {
  const Options& options = assessment.options;
  std::vector<Claim> claims;
  const bool few = assessment.extrapolation &&
                   !assessment.extrapolation->classes.may_convict(options.order.has_value());
  const bool unfit = assessment.extrapolation &&
                     lacks_fit(assessment.extrapolation->classes.lack_of_fit, options.family_error);
  const auto add = [&claims](Claim claim, const std::vector<std::string>& obstacles) {
    if (!claim.exactness.empty()) claim.detail += "; " + claim.exactness;
    if (claim.obstacle.empty()) claim.obstacle = first_of(obstacles);
    claims.push_back(std::move(claim));
  };
  const auto when = [](bool so, const char* obstacle) { return std::string(so ? obstacle : ""); };
  const std::string narrow = narrowness(assessment);
  const std::string few_networks = fewness(assessment, fewest_for_variances, "variance");
  const std::string few_for_means = fewness(assessment, fewest_for_means, "norms");
  const std::string of_means = first_of({when(unfit, no_law), when(few, too_few_widths),
                                         options.order ? std::string() : narrow, few_for_means});
  const std::string of_slopes =
      when(number_of_widths(assessment) < widths_for_curvature, too_few_widths);
  if (assessment.extrapolation) {
    add(limit_claim(assessment), {of_means});
    add(entries_claim(assessment), {of_means, when(!assessment.heavy_tails.empty(), too_heavy)});
  }
  add(equivalence_claim(assessment), {});
  if (auto claim = exponent_claim(assessment, "fluctuation-exponent",
                                  "One network's spread falls as the root of the width.",
                                  predicted_fluctuation_exponent, &LayerConvergence::fluctuation))
    add(std::move(*claim),
        {of_slopes, narrow, few_networks, when(assessment.spread_is_heavy, too_heavy)});
  if (auto claim = exponent_claim(assessment, "bias-exponent",
                                  "The bias of finite width falls as its inverse.",
                                  predicted_bias_exponent, &LayerConvergence::bias))
    add(std::move(*claim), {when(unfit, no_law), of_slopes, narrow, few_for_means});
  if (assessment.fluctuation) {
    const ClassLimit& of = assessment.fluctuation->log_limit;
    add(fluctuation_claim(assessment),
        {when(lacks_fit(of.lack_of_fit, options.family_error), no_variance_law),
         when(!of.may_convict(false), too_few_widths), narrow, few_networks});
  }
  judge_together(claims, options);
  for (Claim& claim : claims) show_what_convicts(claim, assessment);
  return claims;
}

}  // namespace wideproof::compare
