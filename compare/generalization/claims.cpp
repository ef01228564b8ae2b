// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/claims.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <wideproof/compare/generalization/draws_plan.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/holm.hpp>

namespace wideproof::compare {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// By what part of the margin a fit in 1/n may miss a width, and two fits each other's limit.
constexpr double believed_misfit = 0.5;

std::string percent(double fraction) {
  return fmt::format("{:.3g}%", 100.0 * fraction);
}

std::string draws_of(std::int64_t count) {
  return fmt::format("{} {} of data", count, count == 1 ? "draw" : "draws");
}

/// What to do for the claim to be decided.
std::string remedy(const Claim& claim, const PairedRatio& ratio, std::size_t claims,
                   const GeneralizationOptions& options) {
  RatioTest test{.margin = options.equivalence_margin,
                 .agreement_level = agreement_level(options),
                 .conviction_level = {}};
  if (claim.p_value && claim.obstacle.empty() && claim.name == "prediction")
    test.conviction_level = options.family_error / static_cast<double>(claims);
  const auto draws = draws_to_decide(ratio, test);
  if (!draws) return "that more draws would decide it cannot be promised";
  return fmt::format("about {} draws would decide it in nine runs of ten",
                     with_commas(static_cast<std::int64_t>(*draws)));
}

/// Where networks beyond the margin would be within it.
std::string wider(const LearningPoint& point, const GeneralizationOptions& options) {
  const NetworkErrors& widest = point.networks.back();
  const double ratio = widest.excess.difference / options.equivalence_margin;
  const double least = static_cast<double>(wide_multiple * point.training_points);
  if (!(ratio > 1.0)) return "";
  return fmt::format(" An excess ∝ 1/n would meet the margin near n = {:.0f}.",
                     std::max(least, ratio * static_cast<double>(widest.width)));
}

/// Both tests of one paired ratio; `obstacle` says why there is none.
void test(Claim& claim, const PairedRatio& ratio, const GeneralizationOptions& options) {
  const double margin = options.equivalence_margin;
  if (ratio.draws == 0) {
    claim.obstacle = "there is no draw of data with both errors";
    return;
  }
  if (ratio.denominator <= options.negligible_error) {
    const bool both = ratio.numerator <= options.negligible_error;
    if (both && ratio.draws > 1) claim.outcome = Outcome::agree;
    claim.obstacle = both ? "both errors are zero but for rounding"
                          : "the error of kernel regression is zero but for rounding, so that no "
                            "relative margin applies";
    return;
  }
  claim.prediction = 0.0;
  claim.measurement = ratio.difference;
  if (ratio.draws < 2) {
    claim.obstacle = "one draw of data says nothing of how much draws differ; two are the least";
    return;
  }
  const Interval interval = interval_of(ratio, 1.0 - 2.0 * agreement_level(options));
  claim.low = interval.low;
  claim.high = interval.high;
  claim.p_value = claim.p_unguarded = beyond_p(ratio, {-margin, margin});
  if (within_p(ratio, {-margin, margin}) < agreement_level(options)) claim.outcome = Outcome::agree;
}

Claim prediction_claim(const LearningPoint& point, const GeneralizationOptions& options) {
  Claim claim;
  claim.name = "prediction";
  claim.where = fmt::format("P = {}", point.training_points);
  claim.statement = fmt::format(
      "At {} training points the error that the theory predicts equals that of kernel regression "
      "to within {}.",
      point.training_points, percent(options.equivalence_margin));
  claim.detail =
      fmt::format("predicted {:.4g}, kernel regression {:.4g}, over {}", point.prediction.numerator,
                  point.prediction.denominator, draws_of(point.prediction.draws));
  test(claim, point.prediction, options);
  return claim;
}

/// Why the limits of the wide networks cannot convict, or "". `beyond` is the excess at the largest
/// width.
std::string obstacle_of(const LearningPoint& point, double beyond, double margin) {
  if (point.wide_widths < 3)
    return fmt::format(
        "the widths are not wide compared with P: {} of them {} {}·P = {} or more, and three are "
        "the least that tell the limit from a narrow network's error; wider networks would tell",
        point.wide_widths, point.wide_widths == 1 ? "is" : "are", wide_multiple,
        wide_multiple * point.training_points);
  const ExcessLimit& line = *point.limits[0];
  const ExcessLimit& parabola = *point.limits[1];
  const auto same_side = [&](const ExcessLimit& of) {
    return beyond * of.excess.difference > 0.0 && std::abs(of.excess.difference) > margin;
  };
  if (!same_side(line) || !same_side(parabola))
    return "their limit need not be: they may merely be narrow";
  const std::string not_a_series =
      "the error does not fall as a series in 1/n at these widths, so that its limit is not known; "
      "wider networks would tell";
  // A squared error is not negative: δ ≥ −1.
  if (line.excess.difference < -1.0 || parabola.excess.difference < -1.0) return not_a_series;
  const double apart = std::abs(line.excess.difference - parabola.excess.difference);
  return std::max({apart, line.misfit, parabola.misfit}) > believed_misfit * margin ? not_a_series
                                                                                    : "";
}

/// Lets a difference at the largest width convict only if the limit does as well.
void guard_by_limit(Claim& claim, const LearningPoint& point,
                    const GeneralizationOptions& options) {
  if (!claim.p_value) return;
  const double margin = options.equivalence_margin;
  const double beyond = point.networks.back().excess.difference;
  const std::string obstacle = obstacle_of(point, beyond, margin);
  if (!obstacle.empty()) {
    // What Holm corrects for is fixed by the design, not by what was measured.
    claim.p_value = 1.0;
    if (point.wide_widths < 3) claim.p_value.reset();
    if (std::abs(beyond) > margin) claim.obstacle = obstacle;
    return;
  }
  const Interval near = beyond > 0.0 ? Interval{-infinity, margin} : Interval{-margin, infinity};
  for (const auto& limit : point.limits) {
    const double p = beyond_p(limit->excess, near);
    claim.p_value = std::isnan(p) ? 1.0 : std::max(*claim.p_value, p);
  }
  const PairedRatio& line = point.limits[0]->excess;
  const Interval interval = interval_of(line, 1.0 - 2.0 * agreement_level(options));
  claim.detail += fmt::format("; by a line in 1/n the difference tends to {} ({} to {})",
                              signed_percent(line.difference), signed_percent(interval.low),
                              signed_percent(interval.high));
}

Claim networks_claim(const LearningPoint& point, const GeneralizationOptions& options) {
  const NetworkErrors& widest = point.networks.back();
  Claim claim;
  claim.name = "networks";
  claim.where = fmt::format("P = {}, n = {}", point.training_points, widest.width);
  claim.statement = fmt::format(
      "At {} training points the error of networks of width {} equals that of kernel regression to "
      "within {}.",
      point.training_points, widest.width, percent(options.equivalence_margin));
  claim.detail = fmt::format("networks {:.4g}, kernel regression {:.4g}, over {} and {} networks",
                             widest.excess.numerator, widest.excess.denominator,
                             draws_of(widest.excess.draws), widest.networks);
  test(claim, widest.excess, options);
  guard_by_limit(claim, point, options);
  return claim;
}

const LearningPoint& point_of(const Claim& claim, const std::vector<LearningPoint>& points) {
  return *std::find_if(points.begin(), points.end(), [&](const LearningPoint& point) {
    const std::string where = fmt::format("P = {}", point.training_points);
    return claim.where == where || claim.where.starts_with(where + ",");
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
std::string shortfall(const Claim& claim, const LearningPoint& point, std::size_t claims,
                      const GeneralizationOptions& options) {
  if (!claim.obstacle.empty() && !claim.low) return describe(claim) + ": " + claim.obstacle + ".";
  if (claim.name == "prediction")
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

/// All claims of one name agree: says so in one sentence.
void add_agreement(Verdict& verdict, const std::vector<Claim>& claims, const std::string& name,
                   const GeneralizationOptions& options) {
  const Claim* farthest = nullptr;
  int count = 0;
  for (const Claim& claim : claims) {
    if (claim.name != name || claim.outcome != Outcome::agree) continue;
    ++count;
    if (farthest == nullptr ||
        std::abs(claim.measurement.value_or(0.0)) > std::abs(farthest->measurement.value_or(0.0)))
      farthest = &claim;
  }
  if (farthest == nullptr) return;
  const std::string what = name == "prediction" ? "the error that the theory predicts"
                                                : "the error of networks of the largest width";
  verdict.reasons.push_back(
      fmt::format("At {} number{} of training points {} equals that of kernel regression to within "
                  "{}. {}: {}.",
                  count, count == 1 ? "" : "s", what, percent(options.equivalence_margin),
                  count == 1 ? "There" : "Farthest", describe(*farthest)));
}

}  // namespace

std::string signed_percent(double fraction) {
  return fmt::format("{:+.3g}%", 100.0 * fraction);
}

std::vector<Claim> generalization_claims(const std::vector<LearningPoint>& points,
                                         const GeneralizationOptions& options) {
  std::vector<Claim> claims;
  for (const LearningPoint& point : points) {
    if (point.predicted.draws > 0) claims.push_back(prediction_claim(point, options));
    if (!point.networks.empty()) claims.push_back(networks_claim(point, options));
  }
  std::vector<double> p_values;
  p_values.reserve(claims.size());
  for (const Claim& claim : claims) p_values.push_back(claim.p_value.value_or(std::nan("")));
  const std::vector<double> adjusted = holm_adjusted(p_values);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (!claims[i].p_value) continue;
    claims[i].p_adjusted = adjusted[i];
    if (adjusted[i] < options.family_error) claims[i].outcome = Outcome::disagree;
  }
  return claims;
}

Verdict generalization_verdict(const std::vector<Claim>& claims,
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
      verdict.reasons.push_back(fmt::format("{}. That is beyond {} (family-wise p = {:.2g}).",
                                            describe(claim), percent(options.equivalence_margin),
                                            *claim.p_adjusted));
  for (const Claim& claim : claims)
    if (claim.outcome == Outcome::inconclusive)
      verdict.reasons.push_back(shortfall(claim, point_of(claim, points), claims.size(), options));
  for (const char* name : {"prediction", "networks"}) add_agreement(verdict, claims, name, options);
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
