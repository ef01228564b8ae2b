// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/limits/limit_findings.hpp>
#include <wideproof/compare/verdict.hpp>

namespace wideproof::compare {

/// What is to be concluded from limits and the claims about them:
///
///   inconclusive  nothing is predicted; a hindrance; the means follow no series in 1/N^p (lack of
///                 fit, p < family_error)
///   disagree      a claim does
///   agree         no claim is rejected, not even by a test that may not convict, and every limit
///                 is equivalent to its prediction; with one width every mean there
///   inconclusive  otherwise, saying what would decide it
///
/// `hindrance`: why nothing can be fitted or judged, a sentence; may be empty.
Verdict limit_verdict(const LimitFindings& found, const LimitWords& words,
                      const std::vector<Claim>& claims, bool is_judged,
                      const std::string& hindrance);

}  // namespace wideproof::compare
