// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/open_claim.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/holm.hpp>

namespace wideproof::compare {
namespace {

constexpr const char* incomputable =
    "a number that it rests on is not finite, so it can be neither shown nor refuted";

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
          open.next_term, p_text(*claim.p_adjusted));
  } else if (!open.doubt.empty()) {
    claim.outcome = Outcome::inconclusive;
    claim.obstacle = open.doubt;
  } else {
    claim.outcome = Outcome::agree;
  }
}

}  // namespace

Obstacle when(bool so, const Obstacle& obstacle) {
  return so ? obstacle : Obstacle{};
}

Obstacle first_of(const std::vector<Obstacle>& obstacles) {
  for (const Obstacle& obstacle : obstacles)
    if (!obstacle.text.empty()) return obstacle;
  return {};
}

bool lacks_fit(const std::optional<JointTest>& lack_of_fit, double level) {
  return lack_of_fit && !(lack_of_fit->p_value >= level);
}

void judge_together(std::vector<OpenClaim>& claims, double family_error, int looks) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> guarded, unguarded;
  for (OpenClaim& open : claims) {
    if (open.claim.obstacle.empty()) open.claim.obstacle = open.obstacle.text;
    count_looks(open.claim, looks);
    guarded.push_back(open.claim.p_value.value_or(nan));
    unguarded.push_back(open.claim.p_unguarded.value_or(nan));
  }
  guarded = holm_adjusted(guarded);
  unguarded = holm_adjusted(unguarded);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (!claims[i].claim.p_value) continue;
    claims[i].claim.p_adjusted = guarded[i];
    decide(claims[i], unguarded[i], family_error);
  }
}

}  // namespace wideproof::compare
