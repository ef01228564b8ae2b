// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/compare/matrices/judged_pairs.hpp>
#include <wideproof/compare/matrices/options.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/compare/widths/class_columns.hpp>
#include <wideproof/compare/widths/class_limit.hpp>
#include <wideproof/compare/widths/joint_layers.hpp>
#include <wideproof/model/class_series.hpp>

namespace wideproof::compare {

/// The size of the fluctuations beside its prediction. For every layer (JointLayers) and class of
/// the Gram, and where it is predicted of the correlation, v the class mean of one network's
/// variance,
///
///   log (n v(n)) = a + w/n,    a against log of the class mean of lim n·Var
///
/// all a's jointly by ClassLimit. v is the mean over blocks of networks, which are independent, so
/// their scatter gives the covariance of all v's whatever their law (log_mean_of_rows); the
/// logarithm takes off most of the skewness of a variance's estimate. Widths weigh by their blocks.
struct FluctuationComparison {
  std::vector<ClassColumn> columns;  ///< `predicted` is of lim n·Var
  ClassLimit log_limit;              ///< a, by column
};

/// lim n·Var of one class: exp of its a, with its 95% interval.
struct FluctuationLimit {
  ClassColumn column;
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};

std::vector<FluctuationLimit> fluctuation_limits(const FluctuationComparison& comparison);

/// nullopt where the variances are not predicted, with one width, or with fewer than two blocks at
/// some width. A class is left out where `judged` says so, where fewer than two blocks of a width
/// show a variance, and where networks of some width are so heavy-tailed that it is not known
/// (is_heavy_at_a_width).
std::optional<FluctuationComparison> compare_fluctuations(
    const model::ClassSeries& series, const std::vector<PredictedLayer>& predicted,
    const JudgedPairs& judged, const JointLayers& joint, const Options& options);

}  // namespace wideproof::compare
