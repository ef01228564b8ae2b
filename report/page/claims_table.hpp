// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>

namespace wideproof::report {

/// claim,outcome,p_value,p_adjusted,where,prediction,measurement,low,high,statement,detail,
/// obstacle; a line a claim, fields empty where there is nothing, texts in quotes.
std::string claims_table(const std::vector<compare::Claim>& claims);

}  // namespace wideproof::report
