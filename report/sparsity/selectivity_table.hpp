// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/sparsity/selectivity_study.hpp>

namespace wideproof::report {

/// width,layer,quantity,networks,mean,standard_error,predicted,predicted_standard_error,
/// variance_times_width,predicted_variance_times_width,limit,limit_standard_error,null,
/// null_standard_error,null_predicted,null_predicted_standard_error
std::string selectivity_table(const SelectivityStudy& study);

/// A section with the largest width's numbers; nothing where none was measured.
void add_selectivity(HtmlPage& page, const SelectivityStudy& study);

}  // namespace wideproof::report
