// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/training/training_study.hpp>

namespace wideproof::report {

/// report.html. `svg` holds the pictures of `figures` by their names.
std::string training_report(const TrainingStudy& study, const std::vector<Figure>& figures,
                            const std::map<std::string, std::string>& svg);

}  // namespace wideproof::report
