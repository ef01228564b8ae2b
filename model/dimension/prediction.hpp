// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

namespace wideproof::model {

/// Averages over the N units of a layer, of the covariance C over the inputs and the mean m, in the
/// limit of large N. The defaults are those of white inputs.
struct LayerMoments {
  double variance = 1.0;     ///< K = ⟨C_ii⟩
  double mean_square = 0.0;  ///< Q = ⟨m_i²⟩
  double mean = 0.0;         ///< M = ⟨m_i⟩
  double square = 1.0;       ///< K₂ = ⟨C_ii²⟩
  double strength = 0.0;     ///< S = NΣ, Σ = 2/(N(N−1)) Σ_{i<j} C_ij²
  /// t = tr C³/(N^{3/2}K³), which is 0 unless C has eigenvalues of order √N. Read for corrections
  /// to the limit alone, and given where these are known.
  double third = 0.0;

  /// D̃ = (tr C)²/(N tr C²) = K²/(K₂ + S).
  double dimensionality() const { return variance * variance / (square + strength); }
};

/// One hidden layer of a study of dimension reduction, predicted.
struct DimensionLayer {
  LayerMoments moments;
  double dimensionality = 0.0;
  double eta = 0.0;  ///< share of a correlation that the layer passes on
  /// First coefficients in 1/√N of D̃ and of NΣ at width N: D̃_N = D̃ + dimensionality_slope/√N
  /// + O(1/N). Nullopt where they are not known.
  std::optional<double> dimensionality_slope;
  std::optional<double> strength_slope;
};

/// Where the layers of an ever deeper network go.
struct DimensionFixedPoint {
  /// K*; nullopt where K grows without bound or depends on the inputs.
  std::optional<double> variance;
  double eta = 0.0;  ///< η*
  /// D̃*; 0 where D̃ goes on falling, nullopt where it depends on the inputs.
  std::optional<double> dimensionality;
};

struct DimensionPrediction {
  std::vector<DimensionLayer> layers;
  std::optional<DimensionFixedPoint> fixed_point;  ///< of tanh, erf and linear
};

}  // namespace wideproof::model
