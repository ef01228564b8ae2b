// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/compare/entry.hpp>
#include <wideproof/compare/matrix_estimate.hpp>
#include <wideproof/compare/measured_series.hpp>

namespace wideproof::compare {

/// The fits of one order to every entry of one matrix of a layer; see Extrapolation.
struct LimitFit {
  MatrixEstimate limit;
  Eigen::MatrixXd lack_of_fit_p;  ///< of each entry on its own; NaN without spare widths
};

/// `rounding_error` P × P, absolute. An entry that is not finite at some width comes out NaN.
LimitFit fit_limit(const LayerSeries& series, Quantity quantity, int order,
                   const Eigen::MatrixXd& rounding_error);

}  // namespace wideproof::compare
