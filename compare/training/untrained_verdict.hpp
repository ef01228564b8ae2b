// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/sparsity/sparsity_assessment.hpp>
#include <wideproof/compare/verdict.hpp>

namespace wideproof::compare {

/// Whether claims about it were asked for.
bool makes_claims_of_sparsity(const SparsityAssessment& sparsity);

/// The verdict where nothing but sparsity is judged, on its claims, judged together: disagree where
/// one is rejected; agree where none is, not even by a test that may not convict, and every limit
/// is equivalent to its prediction; else inconclusive.
Verdict sparsity_verdict(const SparsityAssessment& sparsity, const std::vector<Claim>& claims,
                         double family_error);

/// Takes an agreement back where the sparsity falls short of one.
void take_in_sparsity(Verdict& verdict, const SparsityAssessment& sparsity);

}  // namespace wideproof::compare
