// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/objections.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/holm.hpp>

namespace wideproof::compare {

std::string describe(const Claim& claim) {
  if (claim.number == ClaimNumber::dependence)
    return fmt::format("{}: {}, family-wise {}", claim.name, claim.where,
                       p_text(*claim.p_adjusted));
  return fmt::format(
      "{}: {}{}{} = {:.5g} ({}), predicted {:.5g}, family-wise {}", claim.name,
      claim.number == ClaimNumber::variance_times_width ? "n·Var, " : "", claim.where,
      claim.number == ClaimNumber::exponent ? ", exponent" : "", *claim.measurement,
      claim.exactness.empty() ? fmt::format("95%: {:.5g} to {:.5g}", *claim.low, *claim.high)
                              : claim.exactness,
      *claim.prediction, p_text(*claim.p_adjusted));
}

double smallest_unguarded_p(const std::vector<Claim>& claims) {
  std::vector<double> p_values;
  for (const Claim& claim : claims)
    if (claim.p_unguarded) p_values.push_back(*claim.p_unguarded);
  double smallest = 1.0;
  for (const double p : holm_adjusted(p_values)) smallest = std::fmin(smallest, p);
  return smallest;
}

Objections add_objections(std::vector<std::string>& reasons, const std::vector<Claim>& claims) {
  Objections found;
  for (const Claim& claim : claims) {
    if (!claim.p_adjusted || claim.outcome == Outcome::agree) continue;
    if (!std::isfinite(*claim.p_adjusted)) {
      reasons.push_back(fmt::format("{}: {}", claim.name, claim.obstacle));
      found.are_claims_open = true;
      continue;
    }
    reasons.push_back(describe(claim));
    if (claim.outcome == Outcome::disagree) {
      found.are_claims_rejected = true;
      found.smallest_p = std::min(found.smallest_p, *claim.p_adjusted);
      continue;
    }
    found.are_claims_open = true;
    std::string obstacle = "this does not count against the prediction: " + claim.obstacle;
    if (std::find(reasons.begin(), reasons.end(), obstacle) == reasons.end())
      reasons.push_back(std::move(obstacle));
  }
  return found;
}

const Claim* nearest_to_rejection(const std::vector<Claim>& claims) {
  const Claim* nearest = nullptr;
  for (const Claim& claim : claims)
    if (claim.p_value && (nearest == nullptr || *claim.p_value < *nearest->p_value))
      nearest = &claim;
  return nearest;
}

}  // namespace wideproof::compare
