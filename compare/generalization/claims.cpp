// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/claims.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/holm.hpp>

namespace wideproof::compare {
namespace {

using Kind = GeneralizationClaim::Kind;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The part of the margin by which a fit in 1/n may miss a width, and two fits' limits may differ.
constexpr double believed_misfit = 0.5;

std::string draws_of(std::int64_t count) {
  return fmt::format("{} {} of data", count, count == 1 ? "draw" : "draws");
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
                          : "the error of kernel regression is zero but for rounding, so no "
                            "relative margin applies";
    return;
  }
  claim.prediction = 0.0;
  claim.measurement = ratio.difference;
  if (ratio.draws < 2) {
    claim.obstacle = "one draw of data does not show how much draws differ; it takes two or more";
    return;
  }
  const Interval interval = interval_of(ratio, 1.0 - 2.0 * agreement_level(options));
  claim.low = interval.low;
  claim.high = interval.high;
  claim.p_value = claim.p_unguarded = beyond_p(ratio, {-margin, margin});
  if (within_p(ratio, {-margin, margin}) < agreement_level(options)) claim.outcome = Outcome::agree;
}

GeneralizationClaim claim_at(const LearningPoint& point, Kind kind, std::int64_t width) {
  GeneralizationClaim claim;
  claim.kind = kind;
  claim.name = kind == Kind::prediction ? "prediction" : "networks";
  claim.number = ClaimNumber::relative_difference;
  claim.training_points = point.training_points;
  claim.width = width;
  return claim;
}

GeneralizationClaim prediction_claim(const LearningPoint& point,
                                     const GeneralizationOptions& options) {
  GeneralizationClaim claim = claim_at(point, Kind::prediction, 0);
  claim.where = fmt::format("P = {}", point.training_points);
  claim.statement = fmt::format(
      "At {} training points the error that the theory predicts equals that of kernel regression "
      "to within {}.",
      point.training_points, as_percent(options.equivalence_margin));
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
        "the widths are small beside P: {} of them {} {}·P = {} or more, and it takes three to "
        "tell "
        "the limit from the error of narrow networks; add wider ones",
        point.wide_widths, point.wide_widths == 1 ? "is" : "are", wide_multiple,
        wide_multiple * point.training_points);
  const ExcessLimit& line = *point.limits[0];
  const ExcessLimit& parabola = *point.limits[1];
  const auto same_side = [&](const ExcessLimit& limit) {
    return beyond * limit.excess.difference > 0.0 && std::abs(limit.excess.difference) > margin;
  };
  if (!same_side(line) || !same_side(parabola))
    return "their limit need not be: these networks may just be too narrow";
  constexpr const char* not_a_series =
      "the error does not fall as a series in 1/n at these widths, so its limit is not known; add "
      "wider networks";
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

GeneralizationClaim networks_claim(const LearningPoint& point,
                                   const GeneralizationOptions& options) {
  const NetworkErrors& widest = point.networks.back();
  GeneralizationClaim claim = claim_at(point, Kind::networks, widest.width);
  claim.where = fmt::format("P = {}, n = {}", point.training_points, widest.width);
  claim.statement = fmt::format(
      "At {} training points the error of networks of width {} equals that of kernel regression to "
      "within {}.",
      point.training_points, widest.width, as_percent(options.equivalence_margin));
  claim.detail = fmt::format("networks {:.4g}, kernel regression {:.4g}, over {} and {} networks",
                             widest.excess.numerator, widest.excess.denominator,
                             draws_of(widest.excess.draws), widest.networks);
  test(claim, widest.excess, options);
  guard_by_limit(claim, point, options);
  return claim;
}

}  // namespace

std::vector<GeneralizationClaim> generalization_claims(const std::vector<LearningPoint>& points,
                                                       const GeneralizationOptions& options) {
  std::vector<GeneralizationClaim> claims;
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

}  // namespace wideproof::compare
