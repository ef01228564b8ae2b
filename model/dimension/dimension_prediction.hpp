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
  /// First coefficients in 1/√N of D̃ and of NΣ at width N, D̃_N = D̃ + slope/√N + O(1/N); nullopt
  /// where they are not known.
  std::optional<double> dimensionality_slope = std::nullopt;
  std::optional<double> strength_slope = std::nullopt;
};

/// Where the layers of an ever deeper network go.
struct DimensionFixedPoint {
  /// K*, the mean over units of the variance over inputs; nullopt where K grows without bound or
  /// depends on the inputs.
  std::optional<double> variance;
  double eta = 0.0;  ///< η*, the share of a correlation that a layer passes on
  /// D̃*; 0 where D̃ goes on falling, nullopt where it depends on the inputs.
  std::optional<double> dimensionality;
};

struct DimensionPrediction {
  std::vector<LayerDimension> layers;              ///< by layer, from 1
  std::optional<DimensionFixedPoint> fixed_point;  ///< where there is one
};

}  // namespace wideproof::model
