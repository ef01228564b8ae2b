// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/outcome.hpp>

namespace wideproof::compare {

/// One statement that the prediction makes, and what the networks say to it.
struct Claim {
  /// "limit", "entries", "equivalence", "fluctuation-exponent", "bias-exponent" or "fluctuation";
  /// of a study of generalization "prediction" or "networks"; of a sweep see SweepClaim
  std::string name;
  std::string statement;  ///< a plain sentence
  Outcome outcome = Outcome::inconclusive;
  /// Of the claim on its own, times Options::looks; nullopt where it is not tested for a
  /// difference. Where two orders of a fit have to reject it, the larger of their p's.
  std::optional<double> p_value;
  /// By the chosen order alone. Where this is small and p_value is not, a curvature would explain
  /// the difference.
  std::optional<double> p_unguarded;
  std::optional<double> p_adjusted;  ///< p_value, Holm over the claims
  /// The member that speaks loudest against it, with an interval that holds for all members of the
  /// claim at once in 95%: theirs is at 1 − 0.05/members each (Bonferroni). Claims of errors have
  /// the interval that agreement rests on instead, at 1 − 2β (generalization_claims.hpp).
  std::optional<double> prediction;
  std::optional<double> measurement;
  std::optional<double> low;
  std::optional<double> high;
  std::string where;      ///< that member, such as "layer 2, the norms"
  std::string exactness;  ///< why that member has no error, see exactness(); empty where it has one
  std::string detail;     ///< the test: rank, degrees of freedom, λ …
  std::string obstacle;   ///< why a rejection would not convict; empty where it would
  bool is_complete = true;  ///< whether every member could be tested: it does not agree else
};

/// "claim is exact by construction of the control variate" of those claims whose member has no
/// error, as sentences; empty without any.
std::vector<std::string> exact_claims(const std::vector<Claim>& claims);

}  // namespace wideproof::compare
