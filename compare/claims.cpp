// SPDX-License-Identifier: MIT
#include <wideproof/compare/claims.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/bias_exponent.hpp>
#include <wideproof/compare/fluctuation_exponent.hpp>
#include <wideproof/compare/holm.hpp>
#include <wideproof/compare/single_claims.hpp>

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

std::size_t number_of_widths(const Assessment& assessment) {
  return assessment.widths.size() / assessment.convergence.size();
}

bool lacks_fit(const std::optional<JointTest>& lack_of_fit, double level) {
  return lack_of_fit && lack_of_fit->p_value < level;
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
    } else if (rejected || unguarded[i] < options.family_error || claim.obstacle == no_law ||
               claim.obstacle == no_variance_law) {
      claim.outcome = Outcome::inconclusive;
      if (claim.obstacle.empty())
        claim.obstacle = fmt::format(
            "parabolas do not miss it (family-wise p = {:.2g}): a curvature that these widths "
            "cannot exclude would explain it; add wider networks or replicates",
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
  const auto add = [&claims](Claim claim, const char* obstacle) {
    if (obstacle != nullptr) claim.obstacle = obstacle;
    claims.push_back(std::move(claim));
  };
  const char* of_means = unfit ? no_law : few ? too_few_widths : nullptr;
  const char* of_tails = !assessment.heavy_tails.empty() ? too_heavy : nullptr;
  if (assessment.extrapolation) {
    add(limit_claim(assessment), of_means);
    add(entries_claim(assessment), of_means != nullptr ? of_means : of_tails);
  }
  add(equivalence_claim(assessment), nullptr);
  const char* of_slopes =
      number_of_widths(assessment) < widths_for_curvature ? too_few_widths : nullptr;
  if (auto claim = exponent_claim(assessment, "fluctuation-exponent",
                                  "One network's spread falls as the root of the width.",
                                  predicted_fluctuation_exponent, &LayerConvergence::fluctuation))
    add(std::move(*claim), assessment.spread_is_heavy ? too_heavy : of_slopes);
  if (auto claim = exponent_claim(assessment, "bias-exponent",
                                  "The bias of finite width falls as its inverse.",
                                  predicted_bias_exponent, &LayerConvergence::bias))
    add(std::move(*claim), unfit ? no_law : of_slopes);
  if (assessment.fluctuation) {
    const ClassLimit& of = assessment.fluctuation->log_limit;
    const char* obstacle = nullptr;
    if (!of.may_convict(false)) obstacle = too_few_widths;
    if (lacks_fit(of.lack_of_fit, options.family_error)) obstacle = no_variance_law;
    add(fluctuation_claim(*assessment.fluctuation), obstacle);
  }
  judge_together(claims, options);
  return claims;
}

}  // namespace wideproof::compare
