// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/report/page/html_page.hpp>

namespace wideproof::report {

// What was claimed of a sweep as a whole, and what became of it.

/// "Of 5 claims about the sweep 4 hold and 1 fails."
std::string claims_sentence(const std::vector<compare::Claim>& claims);

/// "The claim “…” is refuted: P = 64: error 0.29 over 0.2, a ratio of 1.45, said to be 1.01 or
/// less. " for each that failed; nothing where none did.
std::string refuted_claims(const std::vector<compare::Claim>& claims);

/// The section that lists the claims; none without any. `family_error` is what they were judged
/// with.
void add_claims_of_sweep(HtmlPage& html, const std::vector<compare::Claim>& claims,
                         double family_error);

}  // namespace wideproof::report
