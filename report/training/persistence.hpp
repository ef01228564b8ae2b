// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/training/persistence_assessment.hpp>
#include <wideproof/report/json/json_values.hpp>
#include <wideproof/report/page/html_page.hpp>

namespace wideproof::report {

/// persistence.csv: width,neurons,samples,networks,number,mean,standard_error,predicted,
/// predicted_error,independent of T1, T2 and the mean |correlation| of untrained networks' hidden
/// neurons and outputs.
std::string persistence_table(const compare::PersistenceAssessment& assessment);

/// `persistence` of summary.json, an object for each width; null where it was not asked for.
Json persistence_json(const std::vector<compare::PersistenceMeans>& means);

/// A section of the page; nothing where it was not asked for.
void add_persistence(HtmlPage& page, const std::vector<compare::PersistenceMeans>& means);

}  // namespace wideproof::report
