// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>

#include <wideproof/model/class_series.hpp>

namespace wideproof::compare {

/// An estimate of the norm of a layer, the mean over inputs of the diagonal of its Gram matrix.
/// With g_r the norm of network r,
///
///   value = Σ_r g_r/R,   standard_error² = Σ_r (g_r − value)²/(R(R − 1)),
///
/// so that the error knows how the norms of one network's inputs move together: where they are
/// independent it is 1/√P of a single entry's, where they move as one it is that of each.
/// (value − truth)/standard_error follows Student's t with `degrees_of_freedom`. NaN where a
/// network's norm is not finite.
struct NormEstimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double standard_error = std::numeric_limits<double>::quiet_NaN();
  double degrees_of_freedom = 0.0;
};

/// The mean over the networks of one width, of layer `layer`, from 0; at least two networks.
NormEstimate norm_at(const model::ClassSeries& series, std::size_t width, std::size_t layer);

/// The same without control variates.
NormEstimate own_norm_at(const model::ClassSeries& series, std::size_t width, std::size_t layer);

/// The limit n → ∞ of the norm of layer `layer`, from 0, by the fit of this order that the entries'
/// limits come from: see Extrapolation. `rounding_error` of the means, absolute.
NormEstimate norm_limit(const model::ClassSeries& series, std::size_t layer, int order,
                        double rounding_error);

}  // namespace wideproof::compare
