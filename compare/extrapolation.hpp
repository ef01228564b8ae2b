// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/compare/layer_comparison.hpp>
#include <wideproof/compare/measured_series.hpp>

namespace wideproof::compare {

/// The limit n → ∞ of every entry beside its prediction.
///
/// Each entry's means at the widths n are fitted by weighted least squares (weights
/// 1/s_i², s_i the standard error at width i, widths independent) with
///
///   mean(n) = L + b/n            order 1
///   mean(n) = L + b/n + c/n²     order 2
///
/// The s_i carry the rounding of the means, rounding·scale, in quadrature. With A_i the influence
/// of the mean at width i on L, h_i its leverage and R_i its replicates,
///
///   Var(L) = Σ A_i² s_i² (1 + 4(1 − h_i)/(R_i − 1))
///   degrees of freedom = (Σ A_i² s_i²)² / Σ (A_i² s_i²)²/(R_i − 1)
///
/// The factor is Kenward and Roger's (Biometrics 53, 1997): the weights are estimates too. The
/// degrees of freedom are Welch and Satterthwaite's.
///
/// One order serves the whole run, for an order chosen by each entry's own significance biases the
/// intervals: 1, or 2 if there are at least four widths and the lack of fit of the lines, Holm over
/// all entries, is significant at `lack_of_fit_error`. Its p is P(F_{d, ν} > χ²/d), ν the smallest
/// R_i − 1, since the variances are estimates.
struct Extrapolation {
  int order = 1;
  std::vector<LayerComparison> layers;
  double p_value = 1.0;  ///< smallest over the layers, Holm over all of them
  /// Holm-adjusted p of the lack of fit that remains at `order`; nullopt without spare widths.
  std::optional<double> lack_of_fit_p;
  /// p_value were the order 2. A curvature too small for the lack-of-fit test can still shift L by
  /// several standard errors of the line, so a line alone never convicts where a parabola can be
  /// fitted. nullopt where it cannot or where the order is 2 or was given.
  std::optional<double> guard_p_value;
};

/// `series` and `predicted` by layer. Needs at least two widths, and more widths than a given
/// order; else throws model::InputError. Entries that are not finite at some width come out NaN.
Extrapolation extrapolate(const std::vector<LayerSeries>& series,
                          const std::vector<PredictedLayer>& predicted, const Options& options);

}  // namespace wideproof::compare
