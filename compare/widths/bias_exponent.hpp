// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/statistics/exponent.hpp>

namespace wideproof::compare {

/// A number's distance from its prediction at each width, and the standard errors.
struct BiasSeries {
  Eigen::VectorXd width;
  Eigen::VectorXd bias;  ///< keeps its sign
  Eigen::VectorXd standard_error;
  double degrees_of_freedom = 0.0;  ///< of the least known standard error
  double power = 1.0;               ///< p: the bias is said to be a series in 1/n^p

  double predicted_exponent() const { return -power; }
};

/// How the bias falls with the width n, n₀ the narrowest:
///
///   bias(n) = n^e (b + c (n₀/n)^p)    |c| ≤ |b|/2 with four widths or more, else c = 0
///
/// b carries the sign, so that widths where the bias drowns in noise count like all others. With
/// Q(e) = min over b, c of Σ_w (bias − model)²/se² the interval is the profile's,
/// {e : Q(e) ≤ min Q + t²}, t Student's quantile, between the bounds −3 and 1. The bound on c is
/// needed: with p = 1, b/n is also n⁰·(0 + b/n). It says that at the narrowest width the correction
/// is at most half the leading term, and the interval covers as far as that is so.
///
/// The p-value of e = −p is that of Q(−p) − min Q with c free in Q(−p): the prediction
/// b/n^p + c/n^2p is not rejected for a large c.
Exponent fit_bias_exponent(const BiasSeries& series);

/// Of several numbers, the exponent of the one with the largest |bias|/se at the narrowest width.
/// nullopt with one width, where that ratio does not exceed `bias_above_noise`, or where the
/// estimate is an end of the searched range [−3, 1]. So large a ratio is hardly ever the work of
/// noise, and choosing by it hardly shifts the bias.
std::optional<Exponent> bias_exponent(const std::vector<BiasSeries>& candidates);

inline constexpr double bias_above_noise = 8.0;

}  // namespace wideproof::compare
