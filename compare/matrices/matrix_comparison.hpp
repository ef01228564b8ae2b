// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>

#include <Eigen/Core>

#include <wideproof/compare/matrices/matrix_estimate.hpp>

namespace wideproof::compare {

/// An estimated matrix set beside the predicted one, entry by entry (all P × P, symmetric):
///
///   z = (value − predicted)/standard_error,   p = P(|T| > |z|), T Student's t
///
/// A difference of at most rounding·scale is no evidence: p = 1 there, however small the standard
/// error; z = 0 too where that is no larger, a ratio of roundings. One off the diagonal that is
/// rare, |value| and |predicted| below rare·scale, is not tested either (p = 1): its mean rests on
/// a few neurons and is far from normal. Otherwise, an entry that does not vary (standard error 0)
/// has z = ±∞ and p = 0. Where the estimate is not finite, z and p are NaN.
struct MatrixComparison {
  MatrixEstimate estimate;
  Eigen::MatrixXd predicted;
  Eigen::MatrixXd scale;  ///< unit of tolerances: √(predicted_aa predicted_bb)
  Eigen::MatrixXd z;
  Eigen::MatrixXd p;
  Eigen::MatrixXd p_adjusted;  ///< within the family the comparison was judged in; else empty

  /// Whether value and prediction both lie within rare·scale of zero, off the diagonal.
  bool is_rare(Eigen::Index a, Eigen::Index b, double rare) const {
    return a != b &&
           std::max(std::abs(estimate.value(a, b)), std::abs(predicted(a, b))) < rare * scale(a, b);
  }

  double difference(Eigen::Index a, Eigen::Index b) const {
    return estimate.value(a, b) - predicted(a, b);
  }
};

/// √(m_aa m_bb)
Eigen::MatrixXd norm_scale(const Eigen::MatrixXd& matrix);

MatrixComparison set_beside(MatrixEstimate estimate, const Eigen::MatrixXd& predicted,
                            double rounding, double rare = 0.0);

}  // namespace wideproof::compare
