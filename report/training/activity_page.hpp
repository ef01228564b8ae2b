// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/training/activity_study.hpp>

namespace wideproof::report {

/// inputs,width,layer,step,quantity,networks,mean,standard_error,untrained,untrained_standard_error,
/// null,null_standard_error: of sparsity and selectivity; the last four of selectivity alone.
std::string activity_table(const ActivityStudy& study);

/// Hoyer's sparseness and class selectivity against the step, of the last layer; none with one
/// step.
std::vector<Figure> activity_figures(const ActivityStudy& study);

/// A section with tables of the first and last recorded step of the largest width.
void add_activity(HtmlPage& page, const ActivityStudy& study);

}  // namespace wideproof::report
