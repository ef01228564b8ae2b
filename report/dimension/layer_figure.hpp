// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/report/figure/figure.hpp>

namespace wideproof::report {

/// One quantity against the layer; nullopt where nothing of it was measured.
std::optional<Figure> layer_figure(const compare::DimensionAssessment& assessment,
                                   compare::DimensionQuantity quantity);

}  // namespace wideproof::report
