// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/verdict.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include <wideproof/compare/generalization/draws_plan.hpp>
#include <wideproof/compare/number_text.hpp>

namespace wideproof::compare {
namespace {

using ClaimKind = GeneralizationClaim::Kind;

/// What to do for the claim to be decided.
std::string remedy(const GeneralizationClaim& claim, const PairedRatio& ratio, std::size_t claims,
                   const GeneralizationOptions& options) {
  RatioTest test{.margin = options.equivalence_margin,
                 .agreement_level = agreement_level(options),
                 .conviction_level = {}};
  if (claim.p_value && claim.obstacle.empty() && claim.kind == ClaimKind::prediction)
    test.conviction_level = options.family_error / static_cast<double>(claims);
  const auto draws = draws_to_decide(ratio, test);
  if (!draws) return "more draws may not decide it";
  return fmt::format("about {} draws would decide it in nine runs of ten",
                     with_commas(static_cast<std::int64_t>(*draws)));
}

/// Where networks beyond the margin would be within it.
std::string wider(const LearningPoint& point, const GeneralizationOptions& options) {
  const NetworkErrors& widest = point.networks.back();
  const double ratio = widest.excess.difference / options.equivalence_margin;
  const auto least = static_cast<double>(wide_multiple * point.training_points);
  if (!(ratio > 1.0)) return "";
  return fmt::format(" If the excess falls as 1/n, it meets the margin near n = {:.0f}.",
                     std::max(least, ratio * static_cast<double>(widest.width)));
}

const LearningPoint& point_of(const GeneralizationClaim& claim,
                              const std::vector<LearningPoint>& points) {
  return *std::find_if(points.begin(), points.end(), [&claim](const LearningPoint& point) {
    return point.training_points == claim.training_points;
  });
}

std::string describe(const Claim& claim) {
  std::string text = fmt::format("{}, {}: ", claim.name, claim.where);
  if (!claim.measurement) return text + claim.detail;
  text += fmt::format("{} against kernel regression", signed_percent(*claim.measurement));
  if (claim.low)
    text += fmt::format(" ({} to {})", signed_percent(*claim.low), signed_percent(*claim.high));
  return text + "; " + claim.detail;
}

/// Why a claim is open, and what would decide it.
std::string shortfall(const GeneralizationClaim& claim, const LearningPoint& point,
                      std::size_t claims, const GeneralizationOptions& options) {
  if (!claim.obstacle.empty() && !claim.low) return describe(claim) + ": " + claim.obstacle + ".";
  if (claim.kind == ClaimKind::prediction)
    return describe(claim) + ": the interval is neither inside the margin nor outside; " +
           remedy(claim, point.prediction, claims, options) + ".";
  const NetworkErrors& widest = point.networks.back();
  if (std::abs(widest.excess.difference) <= options.equivalence_margin)
    return describe(claim) + ": the interval is neither inside the margin nor outside; " +
           remedy(claim, widest.excess, claims, options) + ".";
  return describe(claim) + ". At this width the networks are beyond the margin, but " +
         (claim.obstacle.empty() ? "that their limit is as well may be chance" : claim.obstacle) +
         "." + wider(point, options);
}

/// Says in one sentence which claims of one kind agree.
void add_agreement(Verdict& verdict, const std::vector<GeneralizationClaim>& claims, ClaimKind kind,
                   const GeneralizationOptions& options) {
  const Claim* farthest = nullptr;
  int count = 0;
  for (const GeneralizationClaim& claim : claims) {
    if (claim.kind != kind || claim.outcome != Outcome::agree) continue;
    ++count;
    if (farthest == nullptr ||
        std::abs(claim.measurement.value_or(0.0)) > std::abs(farthest->measurement.value_or(0.0)))
      farthest = &claim;
  }
  if (farthest == nullptr) return;
  const std::string what = kind == ClaimKind::prediction
                               ? "the error that the theory predicts"
                               : "the error of networks of the largest width";
  verdict.reasons.push_back(
      fmt::format("At {} number{} of training points {} equals that of kernel regression to within "
                  "{}. {}: {}.",
                  count, count == 1 ? "" : "s", what, as_percent(options.equivalence_margin),
                  count == 1 ? "There" : "Farthest", describe(*farthest)));
}

}  // namespace

Verdict generalization_verdict(const std::vector<GeneralizationClaim>& claims,
                               const std::vector<LearningPoint>& points,
                               const GeneralizationOptions& options) {
  Verdict verdict;
  verdict.family_error = options.family_error;
  verdict.p_value = std::nan("");
  const auto has = [&](Outcome outcome) {
    return std::any_of(claims.begin(), claims.end(),
                       [&](const Claim& claim) { return claim.outcome == outcome; });
  };
  if (has(Outcome::disagree))
    verdict.outcome = Outcome::disagree;
  else if (!claims.empty() && !has(Outcome::inconclusive))
    verdict.outcome = Outcome::agree;
  for (const Claim& claim : claims)
    if (claim.p_adjusted) verdict.p_value = std::fmin(verdict.p_value, *claim.p_adjusted);

  for (const Claim& claim : claims)
    if (claim.outcome == Outcome::disagree)
      verdict.reasons.push_back(fmt::format("{}. That is beyond {} (family-wise {}).",
                                            describe(claim), as_percent(options.equivalence_margin),
                                            p_text(*claim.p_adjusted)));
  for (const GeneralizationClaim& claim : claims)
    if (claim.outcome == Outcome::inconclusive)
      verdict.reasons.push_back(shortfall(claim, point_of(claim, points), claims.size(), options));
  for (const ClaimKind kind : {ClaimKind::prediction, ClaimKind::networks})
    add_agreement(verdict, claims, kind, options);
  if (claims.empty())
    verdict.reasons.emplace_back(
        points.empty() ? "Nothing was measured."
                       : "There is neither a prediction nor a network to set beside kernel "
                         "regression, so nothing was tested.");
  for (const LearningPoint& point : points)
    if (point.unusable > 0)
      verdict.reasons.push_back(
          fmt::format("At {} training points {} errors were not finite or negative and were left "
                      "out.",
                      point.training_points, point.unusable));
  return verdict;
}

}  // namespace wideproof::compare
