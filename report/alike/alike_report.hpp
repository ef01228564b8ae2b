// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/alike/alike.hpp>
#include <wideproof/report/json/json_values.hpp>
#include <wideproof/report/page/html_page.hpp>

namespace wideproof::report {

/// Two sets of networks in plain text, at most 80 columns wide: a sentence, the claims, the
/// verdict.
std::string alike_text(const compare::Alike& alike, bool in_colour);

/// width,layer,quantity,row,column,first,second,standard_error,z,p_adjusted: a line for each
/// distinct entry, the error that of first − second.
std::string alike_table(const compare::Alike& alike);

/// report.html of them: verdict, which they are, claims; a caller goes on from there.
HtmlPage alike_page(const compare::Alike& alike, const std::string& title,
                    const std::string& headline);

/// For summary.json, beside the verdict.
Json alike_json(const compare::Alike& alike);

}  // namespace wideproof::report
