// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/report/gram/figures/width_lines.hpp>
#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::report {

/// n·Var of one network's entries of one class (0: the norms) at a layer, from 0, and its predicted
/// limit, at each width with two blocks or more.
std::vector<WidthPoint> fluctuation_points(const GramStudy& study, compare::Quantity quantity,
                                           Eigen::Index label, std::size_t layer);

/// Root mean square deviation of one network's Gram from the mean, over a layer's entries, from 0,
/// as fluctuation_exponent() takes it; predicted is the root of the limit of its n·Var, over n.
/// None where log_spread() has none.
std::vector<WidthPoint> spread_points(const GramStudy& study, std::size_t layer);

/// Mean over networks of the norm, the Gram's diagonal, at a layer, from 0. Predicted is the limit
/// with, where it is known, the bias of order 1/n. None unless every network is finite.
std::vector<WidthPoint> norm_points(const GramStudy& study, std::size_t layer);

}  // namespace wideproof::report
