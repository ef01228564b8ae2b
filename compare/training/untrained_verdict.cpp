// SPDX-License-Identifier: MIT
#include <wideproof/compare/sparsity/sparsity_verdict.hpp>

#include <wideproof/compare/widths/objections.hpp>

namespace wideproof::compare {

bool makes_claims_of_sparsity(const SparsityAssessment& sparsity) {
  return !sparsity.claims.empty() || !sparsity.shortfall.empty();
}

Verdict sparsity_verdict(const SparsityAssessment& sparsity, const std::vector<Claim>& claims,
                         double family_error) {
  Verdict verdict{Outcome::inconclusive, family_error, smallest_unguarded_p(claims), {}};
  const Objections found = add_objections(verdict.reasons, claims);
  if (found.are_claims_rejected) {
    verdict.outcome = Outcome::disagree;
    verdict.p_value = found.smallest_p;
  } else if (!sparsity.shortfall.empty()) {
    verdict.reasons.push_back(sparsity.shortfall);
    verdict.advice = sparsity.shortfall;
  } else if (!found.are_claims_open) {
    verdict.outcome = Outcome::agree;
    verdict.reasons.emplace_back(
        "every measure of untrained networks' sparsity is equivalent to "
        "its prediction");
    if (const Claim* nearest = nearest_to_rejection(claims)) verdict.p_value = *nearest->p_adjusted;
  }
  return verdict;
}

void take_in_sparsity(Verdict& verdict, const SparsityAssessment& sparsity) {
  if (sparsity.shortfall.empty()) return;
  verdict.reasons.push_back(sparsity.shortfall);
  if (verdict.outcome != Outcome::agree) return;
  verdict.outcome = Outcome::inconclusive;
  verdict.advice = sparsity.shortfall;
}

}  // namespace wideproof::compare
