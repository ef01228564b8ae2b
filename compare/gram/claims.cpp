// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/claims.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/gram/conviction.hpp>
#include <wideproof/compare/gram/joint_limits.hpp>
#include <wideproof/compare/gram/single_claims.hpp>
#include <wideproof/compare/widths/fluctuation_exponent.hpp>
#include <wideproof/compare/widths/limit_words.hpp>
#include <wideproof/compare/widths/open_claim.hpp>

namespace wideproof::compare {
namespace {

const Obstacle too_few_widths = {
    "with fewer than four widths a wrong prediction cannot be told from a curvature in 1/n: "
    "simulate four or more"};
const Obstacle too_heavy = {"with tails this heavy the test cannot be trusted: add replicates"};
const Obstacle no_law = {"the means do not follow a series in 1/n, so no limit can be trusted",
                         true};
const Obstacle no_variance_law = {
    "the variances do not follow a series in 1/n, so no limit can be trusted", true};

const Obstacle dependent = {"networks are not independent, so no standard error can be trusted",
                            true};

/// Of each width: fewer do not show the tails of what is averaged.
constexpr std::int64_t fewest_for_means = 10;
constexpr std::int64_t fewest_for_variances = 40;

/// Of matrix number `layer`, from 1.
std::string name_of(const Assessment& assessment, std::int64_t layer) {
  return assessment.options.name(static_cast<std::size_t>(layer) - 1).name;
}

/// Why the series in 1/n cannot be trusted at these widths.
Obstacle narrowness(const Assessment& assessment) {
  if (assessment.too_narrow) {
    const auto& [width, layer, relative_variance] = *assessment.too_narrow;
    if (std::isinf(relative_variance))
      return {fmt::format("at width {} every network's norm is 0 at {}: take wider networks", width,
                          name_of(assessment, layer))};
    return {fmt::format(
        "at width {} the norm of {} varies from network to network by more than its mean "
        "(relative variance {:.2g}), too much for a series in 1/n: take wider networks",
        width, name_of(assessment, layer), relative_variance)};
  }
  if (assessment.silent) {
    const auto& [width, layer, networks, replicates] = *assessment.silent;
    return {fmt::format(
        "at width {} an input activates no neuron of {} in {} of {} networks, too often for a "
        "series in 1/n: take wider networks",
        width, name_of(assessment, layer), networks, replicates)};
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

std::size_t number_of_widths(const Assessment& assessment) {
  return assessment.widths.size() / assessment.depth();
}

/// Claims that are about to be judged, and of those that one joint test decides its limits.
struct OpenClaims {
  std::vector<OpenClaim> claims;
  std::vector<std::optional<JointLimits>> joint;

  void add(Claim claim, const Obstacle& obstacle, int next_order = 0,
           const std::optional<JointLimits>& limits = {}) {
    claims.push_back(
        {std::move(claim), obstacle, next_order > 0 ? WidthSeriesTerm().name(next_order) : ""});
    joint.push_back(limits);
  }
};

/// Whether the last claim, that of independence, is rejected whatever the others are (Bonferroni).
bool is_rejected_anyhow(const std::vector<OpenClaim>& claims, const Options& options) {
  return static_cast<double>(claims.size()) * options.looks * *claims.back().claim.p_value <
         options.family_error;
}

/// Takes from all claims but the last what rests on standard errors of independent networks.
void bar_all_others(std::vector<OpenClaim>& claims) {
  for (OpenClaim& open : claims) {
    if (&open == &claims.back()) continue;
    open.obstacle = dependent;
    open.claim.obstacle = dependent.text;
    open.claim.outcome = Outcome::inconclusive;
  }
}

/// The claims in their order, each with the first obstacle that it meets.
OpenClaims open_claims(const Assessment& assessment) {
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
  OpenClaims open;
  if (limits) {
    open.add(limit_claim(assessment), of_means, limits->classes.order + 1, joint_means(*limits));
    const Obstacle heavy = when(!assessment.heavy_tails.empty(), too_heavy);
    open.add(entries_claim(assessment), first_of({of_means, heavy}), limits->order + 1);
  }
  open.add(equivalence_claim(assessment), {});
  if (auto claim = fluctuation_exponent_claim(assessment))
    open.add(std::move(*claim),
             first_of({of_slopes, narrow, few_for_variances,
                       when(assessment.spread_is_heavy, too_heavy)}),
             corrections_of_guard);
  if (auto claim = bias_exponent_claim(assessment))
    open.add(std::move(*claim), first_of({when(unfit, no_law), of_slopes, narrow, few_for_means}));
  if (assessment.fluctuation) {
    const ClassLimit& fit = assessment.fluctuation->log_limit;
    const bool has_no_law = lacks_fit(fit.lack_of_fit, options.family_error);
    open.add(fluctuation_claim(assessment),
             first_of({when(has_no_law, no_variance_law),
                       when(!fit.may_convict(false), too_few_widths), narrow, few_for_variances}),
             fit.order + 1, joint_variances(*assessment.fluctuation));
  }
  for (const auto* const claims : {&assessment.sparsity.claims, &assessment.selectivity.claims}) {
    open.claims.insert(open.claims.end(), claims->begin(), claims->end());
    open.joint.resize(open.claims.size());
  }
  if (assessment.independence) {
    open.claims.push_back(*assessment.independence);
    open.joint.emplace_back();
    if (is_rejected_anyhow(open.claims, options)) bar_all_others(open.claims);
  }
  for (OpenClaim& at : open.claims)
    if (!at.claim.exactness.empty()) at.claim.detail += "; " + at.claim.exactness;
  return open;
}

}  // namespace

std::vector<Claim> claims_of(const Assessment& assessment) {
  const Options& options = assessment.options;
  OpenClaims open = open_claims(assessment);
  judge_together(open.claims, options.family_error, options.looks);
  std::vector<Claim> claims;
  for (std::size_t i = 0; i < open.claims.size(); ++i) {
    Claim& claim = open.claims[i].claim;
    if (open.joint[i]) show_what_convicts(claim, *open.joint[i], options.family_error);
    claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideproof::compare
