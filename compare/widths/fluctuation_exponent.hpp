// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/statistics/exponent.hpp>
#include <wideproof/model/class_series.hpp>

namespace wideproof::compare {

inline constexpr double predicted_fluctuation_exponent = -0.5;

/// w/n and w₂/n², see fluctuation_exponent().
inline constexpr int corrections_of_guard = 2;

/// The log of a positive number, such as a spread, at each width, and how well it is known.
struct LogByWidth {
  Eigen::VectorXd widths;
  Eigen::VectorXd value;
  Eigen::VectorXd variance;
  Eigen::VectorXd degrees_of_freedom;
  Eigen::VectorXd rows;  ///< how many independent ones each is the mean of
};

/// log of the mean of independent positive rows, one column, at each width (log_mean_of_rows).
/// nullopt with fewer than two at some width, where they do not vary or are not positive.
std::optional<LogByWidth> log_means(const std::vector<std::int64_t>& widths,
                                    const std::vector<Eigen::VectorXd>& rows);

/// log of the spread of which blocks of networks give the square without bias.
std::optional<LogByWidth> log_spread(const std::vector<std::int64_t>& widths,
                                     const std::vector<Eigen::VectorXd>& squares_of_blocks);

/// Of one layer (index from 0); `share` of each class of entries.
std::optional<LogByWidth> log_spread(const model::ClassSeries& series, std::size_t layer,
                                     const Eigen::VectorXd& share);

/// How the spread of one network's Gram falls with the width n at one layer (index from 0):
///
///   spread(n)² = mean over entries a ≤ b of Var(Ĝ_ab), of those that bear a claim (JudgedPairs)
///   log spread = a + e log n + w/n         w with four widths or more, else 0
///
/// w takes up the first finite-width correction, without which a true −1/2 would be rejected as
/// soon as there are replicates enough. A second one, w₂/n², can still shift e by more than its
/// error, so with four widths or more p_value is the larger of this fit's and that with w₂. Each
/// block of networks gives spread² without bias; the scatter over the independent blocks gives the
/// standard error of log spread (log_mean_of_rows), whatever the entries' dependence on each other.
/// The fit weighs widths by their blocks; the interval is Student's with Welch and Satterthwaite's
/// degrees of freedom.
///
/// nullopt with one width, with fewer than two blocks at some width, or where nothing varies: of
/// the Gram of a series, by more than `rounding` at every width. Norms that are set, as those of
/// projected layers, differ by what sums were rounded.
std::optional<Exponent> fluctuation_exponent(const LogByWidth& spread, double predicted);
std::optional<Exponent> fluctuation_exponent(const model::ClassSeries& series, std::size_t layer,
                                             const Eigen::VectorXd& share, double rounding);

}  // namespace wideproof::compare
