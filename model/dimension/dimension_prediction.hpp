// SPDX-License-Identifier: MIT
#pragma once

#include <limits>
#include <optional>
#include <vector>

namespace wideproof::model {

/// What is predicted of the covariance C over inputs of one layer's activations as N → ∞.
struct LayerDimension {
  /// D̃ = (tr C)²/(N tr C²), in (0, 1]; of data of a fixed dimension N D̃ = (tr C)²/tr C².
  double dimensionality = 0.0;
  /// N Σ, Σ = 2/(N (N − 1)) Σ_{i<j} C_ij²; NaN of data of a fixed dimension, where it grows as N.
  double correlation_strength = 0.0;
  /// K = tr C/N, mean over units of the variance over inputs; NaN where it is not told. Judgement
  /// takes from it the unit of N Σ, K²/D̃ = tr C²/N.
  double variance = std::numeric_limits<double>::quiet_NaN();
};

/// Where the recursion comes to rest.
struct DimensionFixedPoint {
  double variance = 0.0;        ///< K*, mean over units of the variance over inputs
  double eta = 0.0;             ///< η* = κ g² K*/K*'
  double dimensionality = 0.0;  ///< D̃*
};

struct DimensionPrediction {
  std::vector<LayerDimension> layers;              ///< by layer, from 1
  std::optional<DimensionFixedPoint> fixed_point;  ///< where there is one
};

}  // namespace wideproof::model
