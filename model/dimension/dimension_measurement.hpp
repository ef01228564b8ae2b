// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// What networks of one width showed, networks × layers. NaN or infinite where activations
/// overflowed or vanished.
struct WidthDimensions {
  std::int64_t width = 0;
  /// 1/D̃ = N tr C²/(tr C)², whose estimate from samples is free of bias but for a part of order
  /// 1/(M N); of data of a fixed dimension 1/(N D̃). See LayerDimension.
  Eigen::MatrixXd inverse_dimensionality;
  Eigen::MatrixXd correlation_strength;  ///< N Σ; no columns for data of a fixed dimension
};

using DimensionMeasurement = std::vector<WidthDimensions>;  ///< widths rising

}  // namespace wideproof::model
