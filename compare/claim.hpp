// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/outcome.hpp>

namespace wideproof::compare {

/// What a claim's prediction and measurement are: sentences about them have to say so.
enum class ClaimNumber {
  value,                 ///< of the quantity itself
  exponent,              ///< of a power law
  variance_times_width,  ///< n·Var of a quantity
  relative_difference,   ///< of two errors; predicted is 0
  ratio,                 ///< of two errors
  dependence,            ///< of networks on each other; predicted is 0, and `where` says all
};

/// One statement that the prediction makes, and what the networks say to it.
struct Claim {
  /// The word for it in claims.csv and summary.json, such as "limit"; see the claims of each kind
  /// of study. To be shown, never compared: what has to tell claims apart does so by their kind's
  /// own types, or by `number`.
  std::string name;
  ClaimNumber number = ClaimNumber::value;
  std::string statement;  ///< a plain sentence
  Outcome outcome = Outcome::inconclusive;
  /// Of the claim on its own, times Options::looks; nullopt where it is not tested for a
  /// difference. Where two orders of a fit have to reject it, the larger of their p-values.
  std::optional<double> p_value;
  /// By the chosen order alone. Where this is small and p_value is not, a curvature would explain
  /// the difference.
  std::optional<double> p_unguarded;
  std::optional<double> p_adjusted;  ///< p_value, Holm over the claims
  /// The member that speaks loudest against it, with an interval that holds for all members of the
  /// claim at once in 95%: theirs is at 1 − 0.05/members each (Bonferroni). A kind may show another
  /// interval and says so.
  std::optional<double> prediction;
  std::optional<double> measurement;
  std::optional<double> low;
  std::optional<double> high;
  std::string where;      ///< that member, such as "layer 2, the norm"
  std::string exactness;  ///< why that member has no error, see exactness(); empty where it has one
  std::string detail;     ///< the test: rank, degrees of freedom, λ …
  std::string obstacle;   ///< why a rejection would not convict; empty where it would
  bool is_complete = true;  ///< false: some member could not be tested, so that it cannot agree
  /// What `measurement` is, of a claim about a sweep: "ratio", or a quantity's name.
  std::string measured = {};
};

/// "limit: the number shown, of layer 1, the norm, is …, so that it has no error" of those claims
/// whose member has no error, as sentences; empty without any.
std::vector<std::string> exact_claims(const std::vector<Claim>& claims);

}  // namespace wideproof::compare
