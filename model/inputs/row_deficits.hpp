// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/deficits.hpp>

namespace wideproof::model {

/// The rows of a matrix scaled to unit norm, without overflow or underflow on the way. No row may
/// be zero.
Eigen::MatrixXd unit_rows(const Eigen::MatrixXd& rows);

/// 1 − cos of the angles between the P rows of a matrix, P × P; their lengths do not matter.
///
/// Products of unit rows lose what distinguishes rows that nearly coincide. Where 1 − |cos| is
/// below 1e-3, the part r = y − x⟨x,y⟩/⟨x,x⟩ of y perpendicular to x is taken component by
/// component with one rounding each, and
///
///   sin² = |r|²/|y|²,    δ = sin²/(1 + cos)    (cos < 0: 2 less that),
///
/// right to a relative 1e-12. A row and a multiple of it differ by a rounding in each component,
/// so that a sine of at most `same_direction` counts as 0: δ is then exactly 0, or 2.
Deficits row_deficits(const Eigen::MatrixXd& rows);

/// Eight units in the last place of 1: for multiples of multiples.
constexpr double same_direction = 0x1p-49;

/// The cosines, P × P: symmetric, in [−1, 1], 1 on the diagonal and 1 − δ where rows nearly
/// coincide, so that multiples of one row have exactly 1 or −1.
Eigen::MatrixXd row_cosines(const Eigen::MatrixXd& rows);

}  // namespace wideproof::model
