// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/compare/training/assessment.hpp>
#include <wideproof/report/figure/figure.hpp>

namespace wideproof::report {

/// Deviation of one network's outputs from another's against the width, at up to three recorded
/// steps; nullopt with one width or where nothing varies.
std::optional<Figure> spread_figure(const compare::TrainingAssessment& assessment);

/// Relative drift of the tangent kernel at the last step against the width, with the line of its
/// exponent; nullopt with one width or where it was not measured.
std::optional<Figure> drift_figure(const compare::TrainingAssessment& assessment);

}  // namespace wideproof::report
