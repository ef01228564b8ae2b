// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/statistics/hotelling.hpp>
#include <wideproof/compare/statistics/vector_estimate.hpp>

namespace wideproof::compare {

/// Fewest widths at which a curvature c/n² can be told from the limit with a width to spare.
inline constexpr std::size_t widths_for_curvature = 4;

/// The limit n → ∞ of p numbers together, y(n) = L + b/n (order 1) or L + b/n + c/n² (order 2), n
/// standing for the width to the power of the vectors, and its test against a prediction:
///
///   L = Σ_w A_w y_w,   Cov(L) = Σ_w A_w² Cov(y_w),   T² of L − predicted by JointTest
///
/// A by WidthDesign with the weights of the vectors, so L is linear in the data and unbiased. The
/// order is 2 where there are at least four widths and the residual contrasts of the lines, all
/// numbers at once, are significant at `lack_of_fit_error`; else 1. Where the least order is 2 and
/// there are five widths, it is one more of each.
struct ClassLimit {
  int order = 1;
  Eigen::VectorXd limit;
  Eigen::VectorXd standard_error;
  Eigen::VectorXd degrees_of_freedom;  ///< Welch and Satterthwaite's, of each number on its own
  Eigen::VectorXd influence;           ///< A_w, by width
  std::vector<CovariancePart> parts;   ///< of Cov(L), by width
  JointTest test;
  /// What remains at `order`; nullopt without spare widths.
  std::optional<JointTest> lack_of_fit;
  /// The test of the next order, which has to convict too, and its A_w; nullopt with fewer than
  /// four widths or where the order was given.
  std::optional<JointTest> guard;
  Eigen::VectorXd guard_influence;

  bool may_convict(bool order_is_given) const { return order_is_given || guard; }
};

/// At least two widths, and more than `order` where that is given.
ClassLimit fit_class_limit(const WidthVectors& vectors, const Eigen::VectorXd& predicted,
                           std::optional<int> order, double lack_of_fit_error, int least_order = 1);

}  // namespace wideproof::compare
