// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <wideproof/compare/statistics/exponent.hpp>
#include <wideproof/compare/statistics/paired_ratio.hpp>

namespace wideproof::compare {

/// Errors at several widths on the same draws of data: NaN where a draw has none.
struct WidthErrors {
  std::vector<std::int64_t> widths;           ///< rising
  std::vector<std::vector<double>> networks;  ///< networks[width][draw], mean over networks
  std::vector<double> kernel;                 ///< by draw
};

/// How the excess δ(n) of a network's error over the kernel's falls with the width n:
///
///   δ(n) = c/n,    δ(n) = b n^e,   by least squares with weights n
///
/// Widths share the draws, so that their errors move together: the interval is Student's with the
/// standard error of the delete-one-draw jackknife, not that of independent widths. It describes a
/// power law; terms in 1/n² shift e, and no claim rests on it.
struct ExcessDecay {
  Exponent exponent;                ///< e, with the p-value of e = −1
  double excess_times_width = 0.0;  ///< c
};

/// nullopt with fewer than three widths or three draws, unless the excess at the narrowest width
/// exceeds `excess_above_noise` standard errors, or where e is an end of [−3, 1].
std::optional<ExcessDecay> excess_decay(const WidthErrors& errors);

inline constexpr double excess_above_noise = 4.0;

/// The errors at the width `least` and at larger ones.
WidthErrors from_width(const WidthErrors& errors, std::int64_t least);

/// A polynomial in 1/n through the excess.
struct ExcessLimit {
  PairedRatio excess;   ///< δ as 1/n → 0
  double misfit = 0.0;  ///< the largest distance |δ(n) − polynomial| over the widths
};

/// The excess as 1/n → 0: of every draw the polynomial in 1/n of that order through its errors,
/// with weights n common to all draws (fit_over_widths), its intercept set beside the kernel's
/// error. Draws that lack a width are left out. nullopt unless there are more widths than `order`.
std::optional<ExcessLimit> excess_in_the_limit(const WidthErrors& errors, int order);

}  // namespace wideproof::compare
