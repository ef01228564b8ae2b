// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include <Eigen/Core>

#include <wideproof/compare/exponent.hpp>
#include <wideproof/compare/measured_series.hpp>
#include <wideproof/compare/predicted_layer.hpp>

namespace wideproof::compare {

/// How fast one hidden layer closes in on its prediction as the width n grows.
///
/// `fluctuation`: exponent of one network's spread, expected −1/2,
///
///   spread(n)² = mean over entries a ≤ b of Var(Ĝ_ab) / (Ḡ_aa Ḡ_bb)
///
/// The entries of one network move together, so the spread is taken to be known no better than from
/// one entry: log spread has the standard error √(1/(2(R − 1))) of a normal sample's log deviation,
/// and scatter about the line widens it.
///
/// `bias`: exponent of the distance of the means from the prediction, expected −1,
///
///   bias(n)² = mean over entries of ((Ḡ_ab − G_ab)² − se_ab²) / (G_aa G_bb)
///
/// A distance D = √(bias² + S²), S² the mean of se²/(G_aa G_bb), has a standard error of at most S
/// however the entries depend on each other. Only widths with D > 3S enter, and there must be three
/// of them. The prediction, not the extrapolated limit, is the reference: a distance from the
/// intercept of a line in 1/n has the exponent −1 by construction. A wrong prediction shows as 0.
struct LayerConvergence {
  std::int64_t layer = 0;
  std::optional<Exponent> fluctuation;  ///< nullopt with one width or without any spread
  std::optional<Exponent> bias;         ///< nullopt where the bias does not rise above the noise
};

LayerConvergence convergence(const LayerSeries& series, const PredictedLayer& predicted);

/// n·Var(Ĝ_ab) / (Ḡ_aa Ḡ_bb), which tends to a constant as the width n grows.
Eigen::MatrixXd relative_variance_times_width(const model::LayerMeasurement& measured);

}  // namespace wideproof::compare
