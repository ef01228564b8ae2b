// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include <wideproof/report/dimension/dimension_study.hpp>
#include <wideproof/report/figure/figure.hpp>

namespace wideproof::report {

/// report.html. `svg` holds the pictures of `figures` by their names.
std::string dimension_report(const DimensionStudy& study, const std::vector<Figure>& figures,
                             const std::map<std::string, std::string>& svg);

}  // namespace wideproof::report
