// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/report/figure/figure.hpp>

namespace wideproof::report {

/// D̃ of the last layer against 1/N^p; nullopt with fewer than two widths that have one.
std::optional<Figure> width_series_figure(const compare::DimensionAssessment& assessment);

}  // namespace wideproof::report
