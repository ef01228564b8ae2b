// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/sparsity/sparsity_assessment.hpp>
#include <wideproof/compare/training/persistence_assessment.hpp>
#include <wideproof/compare/verdict.hpp>

namespace wideproof::compare {

/// What is judged of networks before their training.
struct UntrainedAssessment {
  SparsityAssessment sparsity;
  PersistenceAssessment persistence;

  /// Whether claims about their sparsity, or about any of it, were asked for.
  bool judges_sparsity() const { return !sparsity.claims.empty() || !sparsity.shortfall.empty(); }
  bool is_judged() const { return judges_sparsity() || !persistence.means.empty(); }
  /// Those of the sparsity, then those of the persistence.
  std::vector<OpenClaim> claims() const;
  /// Why the verdict cannot agree, whatever the claims say; else empty.
  std::string shortfall() const;
};

/// The verdict where nothing else is judged, on these claims, judged together: disagree where one
/// is rejected; agree where none is, not even by a test that may not convict, and all is equivalent
/// to its prediction; else inconclusive.
Verdict untrained_verdict(const UntrainedAssessment& untrained, const std::vector<Claim>& claims,
                          double family_error);

/// Takes what was concluded before training into a verdict on what is after it. `claims`: that
/// untrained.claims() have become.
void take_in_untrained(Verdict& verdict, const UntrainedAssessment& untrained,
                       const std::vector<Claim>& claims);

}  // namespace wideproof::compare
