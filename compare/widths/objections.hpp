// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>

namespace wideproof::compare {

/// Of a claim with a finite p_adjusted: `limit: layer 3, class 1 = 1.02 (95%: 1.01 to 1.03),
/// predicted 1, family-wise p = 2e-05`
std::string describe(const Claim& claim);

/// Smallest p over the claims, family-wise, by the chosen order alone.
double smallest_unguarded_p(const std::vector<Claim>& claims);

/// What speaks against the claims of a run.
struct Objections {
  double smallest_p = 1.0;  ///< family-wise, of the rejected claims
  bool are_claims_rejected = false;
  bool are_claims_open = false;  ///< some claim cannot be rejected, and does not agree
};

/// Adds each of them to the reasons of a verdict.
Objections add_objections(std::vector<std::string>& reasons, const std::vector<Claim>& claims);

/// The claim with the smallest p; nullptr where none has a p.
const Claim* nearest_to_rejection(const std::vector<Claim>& claims);

}  // namespace wideproof::compare
