// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/report/page/html_page.hpp>

namespace wideproof::report {

/// What a study's section of claims says of its numbers.
struct ClaimsSection {
  std::string introduction;
  std::string caption;
  double level = 0.95;  ///< of the intervals
};

/// The section of a report that lists claims; none without any. Where all are of relative
/// differences, these are listed in percent, without their prediction.
void add_claims(HtmlPage& page, const std::vector<compare::Claim>& claims,
                const ClaimsSection& section);

/// A number, or a dash where there is no finite one.
std::string number_or_dash(double value, const char* format = "{:.5g}");
std::string number_or_dash(const std::optional<double>& value, const char* format = "{:.5g}");

/// "1.234 ± 0.005", "1, exact" where the error is 0, "1.234" where it is not known, or a dash.
std::string with_error(double value, double error);

/// "0.1 to 0.2", or a dash.
std::string interval_or_dash(const std::optional<double>& low, const std::optional<double>& high,
                             const char* format = "{:.5g}");

}  // namespace wideproof::report
