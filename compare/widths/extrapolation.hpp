// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/compare/matrices/judged_pairs.hpp>
#include <wideproof/compare/matrices/layer_comparison.hpp>
#include <wideproof/compare/matrices/measured_series.hpp>
#include <wideproof/compare/widths/class_columns.hpp>
#include <wideproof/compare/widths/class_limit.hpp>

namespace wideproof::compare {

/// The limit n → ∞ beside its prediction: of every entry, and of all class means together.
///
/// Each entry's means at the widths n are fitted with
///
///   mean(n) = L + b/n            order 1
///   mean(n) = L + b/n + c/n²     order 2
///
/// and weights n·R common to all entries, R the replicates: Var(mean) ∝ 1/(nR) to leading order.
/// They are fixed beforehand, so that L = Σ A_w mean_w is linear in the data and unbiased whatever
/// the law of the networks (see WidthDesign), and with s_w the standard error at width w, the
/// rounding of the means, rounding·scale, beside it in quadrature,
///
///   Var(L) = Σ A_w² s_w²,   degrees of freedom = (Σ A_w² s_w²)² / Σ (A_w² s_w²)²/(R_w − 1)
///
/// One order serves the whole run, for an order chosen by each entry's own significance biases the
/// intervals. It is that of `classes`; see ClassLimit.
struct Extrapolation {
  int order = 1;
  std::vector<LayerComparison> layers;
  double p_value = 1.0;  ///< smallest over the layers' entries, Holm over all of them
  /// p_value were the order one higher. A term too small for the lack-of-fit test can still shift L
  /// by several standard errors, so no order convicts alone. nullopt with fewer than four widths or
  /// where the order was given.
  std::optional<double> guard_p_value;
  /// p of the lack of fit that remains at `order`, all classes jointly; nullopt without spare
  /// widths.
  std::optional<double> lack_of_fit_p;
  std::vector<ClassColumn> columns;  ///< what `classes` holds, by number
  ClassLimit classes;
};

/// `series` and `predicted` by layer; `means` the class_means of `columns`, those of JointLayers;
/// `judged` says which correlations are tested. Throws model::InputError for fewer than two widths
/// or no more than a given order. Entries that are not finite at some width come out NaN.
Extrapolation extrapolate(const std::vector<LayerSeries>& series,
                          const std::vector<PredictedLayer>& predicted,
                          const std::vector<ClassColumn>& columns, const WidthVectors& means,
                          const JudgedPairs& judged, const Options& options);

}  // namespace wideproof::compare
