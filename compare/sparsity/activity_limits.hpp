// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/limits/limit_findings.hpp>
#include <wideproof/compare/limits/limit_number.hpp>
#include <wideproof/compare/widths/open_claim.hpp>

namespace wideproof::compare {

/// A number of one hidden layer of which each network shows a draw.
struct ActivityLimit : LimitNumber {
  std::int64_t layer = 1;
  std::string name = {};                ///< "hoyer"
  Eigen::Index column = 0;              ///< in a network's row
  bool is_joint = true;                 ///< whether joint tests look at it
  std::optional<double> variance = {};  ///< lim n·Var, as predicted

  std::string place() const;  ///< "layer 2, hoyer"
};

/// The number of layer `layer` in column `column` that is judged within `margin` of what is
/// predicted, relative to it.
ActivityLimit activity_limit(std::int64_t layer, std::string name, Eigen::Index column,
                             double predicted, double margin);

/// How claims speak of these numbers.
struct ActivityWords {
  std::string name;    ///< "sparsity"
  std::string absent;  ///< a network without numbers: "no input activates a neuron of some layer"
};

/// What is concluded from such numbers.
struct ActivityFindings {
  std::vector<LimitEstimate<>> estimates = {};  ///< in their order; empty where none were fitted
  bool are_limits = false;  ///< estimates are limits n → ∞, not means at the only width
  std::vector<OpenClaim> claims = {};  ///< that a family is to judge; empty unless asked for
  std::string shortfall = {};          ///< why the claims cannot agree, a sentence; else empty
};

/// Fits limits L + b/n (+ c/n²) to the means over networks and, if `makes_claims`, says what can be
/// claimed, <name> being that of the words:
///
///   <name>-limit        numbers of all layers that joint tests look at (see open_limit_claims())
///   <name>-numbers      every number by itself, Bonferroni
///   <name>-equivalence  every limit lies within LimitNumber::equal
///   <name>-fluctuation  n·Var over networks of the same numbers as the first tends to its
///                       prediction, where there is one: blocks of four networks, an unbiased
///                       variance each
///
/// Networks in which a number is NaN are left out; where there are any nothing is convicted. With
/// one width there is the equivalence of its means alone. `networks`: all their rows.
ActivityFindings find_activity(const std::vector<ActivityLimit>& numbers,
                               const std::vector<NetworkNumbers>& networks,
                               const ActivityWords& words, const LimitOptions& options,
                               bool makes_claims);

}  // namespace wideproof::compare
