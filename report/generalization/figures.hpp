// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/generalization/learning_curve.hpp>
#include <wideproof/report/figure/figure.hpp>

namespace wideproof::report {

/// The learning curve, and, where networks of two widths or more were measured, the excess of their
/// error against the width. Errors that are not positive have no place on a logarithmic axis and
/// are left out; a figure without any number is not made.
std::vector<Figure> generalization_figures(const compare::GeneralizationAssessment& assessment);

}  // namespace wideproof::report
