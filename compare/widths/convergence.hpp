// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/statistics/exponent.hpp>
#include <wideproof/compare/statistics/vector_estimate.hpp>
#include <wideproof/compare/widths/class_columns.hpp>
#include <wideproof/model/class_series.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::compare {

/// How fast one hidden layer closes in on its prediction as the width n grows.
///
/// The bias is measured from the prediction, not from the extrapolated limit: a distance from the
/// intercept of a line in 1/n has the exponent −1 by construction. A wrong prediction shows as 0.
struct LayerConvergence {
  std::int64_t layer = 0;
  /// Of one network's spread, predicted −1/2; see fluctuation_exponent().
  std::optional<Exponent> fluctuation;
  /// Of a class mean's distance from the prediction, predicted −1; nullopt where no class of the
  /// layer rises above the noise; see bias_exponent().
  std::optional<Exponent> bias;
};

/// By layer, from the class_means of `columns`; `shares` of classes, a column a layer, are those of
/// the entries that bear a claim.
std::vector<LayerConvergence> convergence(const model::ClassSeries& series,
                                          const std::vector<ClassColumn>& columns,
                                          const Eigen::MatrixXd& shares, const Options& options);

/// n·Var(Ĝ_ab) / (Ḡ_aa Ḡ_bb) of the networks' own Gram, which tends to a constant as the width n
/// grows.
Eigen::MatrixXd relative_variance_times_width(const model::LayerMeasurement& measured);

}  // namespace wideproof::compare
