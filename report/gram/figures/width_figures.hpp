// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::report {

// What finite networks do as they grow wide. Each is nullopt where nothing finite was measured.

/// `bias`: |mean − prediction| of each layer's class of entries with the largest |bias|/se at the
/// narrowest width, which bias_exponent() fits, against the width; lim n·bias, over n, where it is
/// predicted.
std::optional<Figure> bias_figure(const GramStudy& study);

/// `spread`: one network's spread, as fluctuation_exponent() takes it, against the width; predicted
/// lines where n·Var is predicted.
std::optional<Figure> spread_figure(const GramStudy& study);

/// `fluctuation_norm` and `fluctuation_correlation`: n·Var of one network's norms, and of the class
/// of correlations that varies most, against the width, with predicted lines where there are any.
std::optional<Figure> fluctuation_figure(const GramStudy& study, compare::Quantity quantity);

/// `active_fraction`: the fraction of neurons with z > 0 against the width, with the limit.
std::optional<Figure> active_fraction_figure(const GramStudy& study);

/// Those of them that there are, in this order.
std::vector<Figure> width_figures(const GramStudy& study);

}  // namespace wideproof::report
