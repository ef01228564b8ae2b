// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>

namespace wideproof::report {

/// Claims for a terminal, at most 80 columns wide, after an empty line; nothing without any. Each
/// shows the member that speaks loudest against it; below stand what it says, its p and which
/// member that is. What has no error is called exact in place of its interval, and below the claims
/// stands why. Each has a prediction, a measurement and an interval.
std::string claims_text(const std::vector<compare::Claim>& claims);

}  // namespace wideproof::report
