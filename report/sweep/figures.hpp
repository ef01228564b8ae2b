// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/sweep/map.hpp>

namespace wideproof::report {

/// Of a sweep, for each quantity and each P:
///
///   - lines over the numeric key with the most values, one for each combination of the others,
///     with dots and bars where it was measured and a line where it is predicted; over the first
///     key's values in their order where none is numeric
///   - where two keys are numeric, a heat map over the two with the most values (if the quantity is
///     mapped, and not where a fifth of the cells is empty), for each combination of the others: of
///     width 0, the kernel or the limit, and of the widest networks. The least number is marked
///     where less is better, and `curve` drawn where both of its keys are on the axes
///
/// Axes are logarithmic as wants_logarithm() says, those of a quantity as logarithmic(). At most
/// `most_figures` are made, those of the largest P, or without P of the first quantities, and the
/// last caption says how many are not.
/// `between`: see sweep_lines(). Where nothing was measured the figures are of what is predicted.
std::vector<Figure> sweep_figures(const compare::SweepResult& sweep,
                                  const std::optional<SweepCurve>& curve = std::nullopt,
                                  const compare::SweepResult& between = {});

inline constexpr std::size_t most_figures = 24;

/// Which quantities have no figure over what was swept, since the same is predicted of them at
/// every point and short tables leave them out: sentences, or nothing.
std::string left_out_in_words(const compare::SweepResult& sweep);

}  // namespace wideproof::report
