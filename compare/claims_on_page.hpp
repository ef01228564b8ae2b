// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/html_page.hpp>

namespace wideproof::compare {

/// The section of a report that lists claims; none without any.
void add_claims(HtmlPage& page, const std::vector<Claim>& claims, double family_error);

/// A number, or a dash where there is no finite one.
std::string number_or_dash(double value, const char* format = "{:.5g}");
std::string number_or_dash(const std::optional<double>& value, const char* format = "{:.5g}");

/// "0.1 to 0.2", or a dash.
std::string interval_or_dash(const std::optional<double>& low, const std::optional<double>& high);

}  // namespace wideproof::compare
