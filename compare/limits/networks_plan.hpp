// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/compare/limits/limit_number.hpp>

namespace wideproof::compare {

/// How many times the networks, or how many times as wide networks, equivalence would hold with in
/// nine runs of ten if the predictions are right. With F times the networks the present ones stay,
/// so that an estimate that is off by d, with a standard error s, becomes
///
///   d' = d/F ± √(F − 1)/F s,   s' = s/√F
///
/// With all widths F times as large all networks are new, d' = 0 ± s/√F, s' = s/√F: variances that
/// fall as 1/N, or faster. s is known from its degrees of freedom only (averaged over χ²). Every
/// number has to pass, so the sum of their chances of failure is held to one in ten.
///
/// nullopt where no factor up to `most` is enough.
struct NetworksPlan {
  static constexpr double failure = 0.1;
  static constexpr double most = 1e5;

  std::optional<double> networks;
  std::optional<double> widths;
};

/// `level`: of each one-sided test. Estimates that are not judged are passed over.
NetworksPlan plan_networks(const std::vector<LimitEstimate<>>& estimates, double level);

template <typename Number>
NetworksPlan plan_networks(const std::vector<LimitEstimate<Number>>& estimates, double level) {
  return plan_networks(plain(estimates), level);
}

}  // namespace wideproof::compare
