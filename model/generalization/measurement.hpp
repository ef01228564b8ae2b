// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace wideproof::model {

/// Squared errors of a regression, averaged over outputs and over the points named.
struct RegressionError {
  double pool = 0.0;      ///< all N points of the draw, training points included
  double training = 0.0;  ///< the P training points
  double unseen = 0.0;    ///< the N − P others; NaN where there are none
};

/// What the theory of kernel regression says of the error over the pool.
struct PredictedError {
  double error = 0.0;               ///< E_g = Σ_ρ E_ρ v_ρ², mean over outputs
  double kappa = 0.0;               ///< κ = λ + Σ_ρ κη_ρ/(κ+Pη_ρ)
  double gamma = 0.0;               ///< γ = Σ_ρ Pη_ρ²/(κ+Pη_ρ)²
  double spectrum_dimension = 0.0;  ///< participation ratio (Ση)²/Ση²
  double error_dimension = 0.0;     ///< participation ratio of the mode errors E_ρ
};

/// One draw of data: N = pool points, P of which train.
struct DrawnRegression {
  std::int64_t training_points = 0;  ///< P
  std::int64_t pool = 0;             ///< N
  std::int64_t draw = 0;             ///< from 0
  RegressionError kernel;            ///< of regression with the infinite-width kernel
  std::optional<PredictedError> predicted;
};

/// One finite network with a trained readout on one draw of data.
struct NetworkRegression {
  std::int64_t training_points = 0;
  std::int64_t draw = 0;
  std::int64_t width = 0;
  std::int64_t replicate = 0;  ///< from 0, among the networks of this draw and width
  RegressionError error;
};

/// All that a study of generalization measured.
struct GeneralizationMeasurement {
  std::vector<DrawnRegression> draws;       ///< by training_points, then draw
  std::vector<NetworkRegression> networks;  ///< by training_points, draw, width, replicate
  /// Mean square of the targets over inputs and outputs: the unit of the errors.
  double target_square = 1.0;
};

}  // namespace wideproof::model
