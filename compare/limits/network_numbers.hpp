// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/limits/limit_number.hpp>
#include <wideproof/compare/limits/options.hpp>
#include <wideproof/compare/statistics/vector_estimate.hpp>

namespace wideproof::compare {

/// What the networks of one width showed.
struct NetworkNumbers {
  std::int64_t width = 0;
  Eigen::MatrixXd rows;  ///< networks × numbers, finite
};

/// The means over networks of each width, of those `columns`, with the covariance of their errors,
/// to which the variance of rounding, (rounding·scale)², is added. Weights N·R, R the networks of a
/// width. Two networks of a width or more.
WidthVectors means_of(const std::vector<NetworkNumbers>& measured,
                      const std::vector<LimitNumber>& numbers,
                      const std::vector<std::size_t>& columns, const LimitOptions& options);

}  // namespace wideproof::compare
