// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/compare/matrices/matrix_estimate.hpp>
#include <wideproof/compare/matrices/measured_series.hpp>

namespace wideproof::compare {

/// The limits of every entry of one matrix of a layer by fits of one order; see Extrapolation.
/// `rounding_error` P × P, absolute. An entry that is not finite at some width comes out NaN.
MatrixEstimate fit_limit(const LayerSeries& series, Quantity quantity, int order,
                         const Eigen::MatrixXd& rounding_error);

}  // namespace wideproof::compare
