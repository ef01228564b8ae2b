// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/untrained_verdict.hpp>

#include <algorithm>

#include <wideproof/compare/widths/objections.hpp>

namespace wideproof::compare {

std::vector<OpenClaim> UntrainedAssessment::claims() const {
  std::vector<OpenClaim> all = sparsity.claims;
  all.insert(all.end(), persistence.claims.begin(), persistence.claims.end());
  return all;
}

std::string UntrainedAssessment::shortfall() const {
  if (!sparsity.shortfall.empty()) return sparsity.shortfall;
  if (!persistence.means.empty() && persistence.claims.empty())
    return "it takes two networks to judge the persistence of their correlations";
  return "";
}

Verdict untrained_verdict(const UntrainedAssessment& untrained, const std::vector<Claim>& claims,
                          double family_error) {
  Verdict verdict{Outcome::inconclusive, family_error, smallest_unguarded_p(claims), {}};
  const Objections found = add_objections(verdict.reasons, claims);
  const std::string shortfall = untrained.shortfall();
  if (found.are_claims_rejected) {
    verdict.outcome = Outcome::disagree;
    verdict.p_value = found.smallest_p;
  } else if (!shortfall.empty()) {
    verdict.reasons.push_back(shortfall);
    verdict.advice = shortfall;
  } else if (found.are_claims_open) {
    for (const Claim& claim : claims)
      if (verdict.advice.empty() && claim.outcome == Outcome::inconclusive)
        verdict.advice = claim.obstacle;
  } else {
    verdict.outcome = Outcome::agree;
    if (untrained.judges_sparsity())
      verdict.reasons.emplace_back(
          "every measure of untrained networks' sparsity is equivalent to its prediction");
    if (!untrained.persistence.claims.empty())
      verdict.reasons.emplace_back(
          "T1, T2 and the mean |correlation| of untrained networks are equivalent to those of "
          "independent neurons with the limit's kernels");
    if (const Claim* nearest = nearest_to_rejection(claims)) verdict.p_value = *nearest->p_adjusted;
  }
  return verdict;
}

void take_in_untrained(Verdict& verdict, const UntrainedAssessment& untrained,
                       const std::vector<Claim>& claims) {
  // Limits of trained outputs have been objected to by then; means at the only width were not.
  std::vector<std::string> reasons;
  const Objections found = add_objections(reasons, claims);
  for (std::string& reason : reasons) {
    const auto& told = verdict.reasons;
    if (std::find(told.begin(), told.end(), reason) == told.end())
      verdict.reasons.push_back(std::move(reason));
  }
  const std::string shortfall = untrained.shortfall();
  if (!shortfall.empty()) verdict.reasons.push_back(shortfall);
  if (found.are_claims_rejected && verdict.outcome != Outcome::disagree) {
    verdict.outcome = Outcome::disagree;
    verdict.p_value = found.smallest_p;
    verdict.advice.clear();
  } else if (verdict.outcome == Outcome::agree && (found.are_claims_open || !shortfall.empty())) {
    verdict.outcome = Outcome::inconclusive;
    verdict.advice = shortfall.empty() ? verdict.reasons.back() : shortfall;
  }
}

}  // namespace wideproof::compare
