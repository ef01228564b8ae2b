// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::compare {

/// Estimates of the entries of a P × P matrix: each (value − truth)/standard_error follows
/// Student's t with that entry's degrees of freedom. An entry that overflowed holds NaN or an
/// infinity.
struct MatrixEstimate {
  Eigen::MatrixXd value;
  Eigen::MatrixXd standard_error;
  Eigen::MatrixXd degrees_of_freedom;
};

}  // namespace wideproof::compare
