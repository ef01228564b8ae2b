// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace wideproof::compare {

/// The mean of a positive, skewed number over D draws with its 95% interval,
///
///   log m ± t · se/m,   se² = Σ_d (x_d − m)²/(D (D − 1)),   t Student's quantile, D − 1 degrees
///
/// which is the interval of the arithmetic mean on the scale of logarithms: it stays positive and
/// reaches farther to the side of the long tail, where the mean of skewed numbers is often missed.
/// The bounds are NaN with fewer than two draws and the mean is NaN without any; with a mean of
/// zero both bounds are zero.
struct MeanError {
  std::int64_t draws = 0;
  double mean = 0.0;
  double low = 0.0;
  double high = 0.0;
};

/// Values that are not finite are left out.
MeanError mean_error(const std::vector<double>& values);

/// Standard deviations of the errors of networks on draws of data: of the mean over networks from
/// draw to draw, and of one network from another on the same draw. By the method of moments, with
/// R̃ the harmonic mean of the R_d networks of a draw,
///
///   between_networks² = Σ_d Σ_r (x_dr − x̄_d)² / Σ_d (R_d − 1)
///   between_draws² = max(0, Var_d(x̄_d) − between_networks²/R̃)
///
/// NaN where there are no two networks on one draw, or no two draws.
struct VarianceComponents {
  double between_draws = 0.0;
  double between_networks = 0.0;
};

/// `values[draw]` holds one number a network; draws without networks are left out.
VarianceComponents variance_components(const std::vector<std::vector<double>>& values);

}  // namespace wideproof::compare
