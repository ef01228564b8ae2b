// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/activation.hpp>
#include <wideproof/theory/dimension/normal_nodes.hpp>

namespace wideproof::theory {

/// Averages over the neurons of a wide layer whose fields have variance Δ over the inputs, and mean
/// √h z − t with a standard normal z over the neurons; t = τ√(Δ+h) is the threshold. With m, p and
/// V of QuenchedResponse, and ⟨…⟩ = ∫Dz:
///
///   variance      K' = ⟨V⟩              mean_square   Q' = ⟨m²⟩            mean   M' = ⟨m⟩
///   square_ratio  ⟨V²⟩/⟨V⟩²             slope_square  κ = ⟨p²⟩             eta    κΔ/K'
///   slope         ⟨p⟩
///   slope_growth  ∂ ln κ/∂ ln Δ         curvature     ⟨p²(z²−1)⟩/2h
///   coupling      ⟨m p z⟩/√h
///
/// Ratios are computed from V/Δ, so that they are right however small Δ is. The last three are for
/// the correction to first order in 1/√N; t is held there.
///
/// Right to 1e-12 of themselves however small or large Δ and h are.
struct LayerAverage {
  double variance = 0.0;
  double mean_square = 0.0;
  double mean = 0.0;
  double square_ratio = 0.0;
  double slope = 0.0;
  double slope_square = 0.0;
  double eta = 0.0;
  double slope_growth = 0.0;
  double curvature = 0.0;
  double coupling = 0.0;
};

/// Nodes for z, dense where the fields' mean crosses the kink or the bend of the activation, with
/// that mean √h z − `threshold`, which keeps its digits there. Where φ is odd they are the half
/// above 0, with twice the weights: all averages but M' = 0 are of even functions.
struct FieldNodes {
  Eigen::ArrayXd z;
  Eigen::ArrayXd weights;
  Eigen::ArrayXd mean_fields;
};
FieldNodes field_nodes(model::Activation activation, double variance, double field_square,
                       double threshold);

/// Δ = `variance` and h = `field_square`, both ≥ 0; τ is read by thresholded activations.
/// `square_ratio` and `eta` are NaN where no neuron varies over the inputs.
LayerAverage layer_average(model::Activation activation, double tau, double variance,
                           double field_square);

}  // namespace wideproof::theory
