// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>

#include <Eigen/Core>

#include <wideproof/model/lateral_filter.hpp>

namespace wideproof::theory {

/// Correlation that a filter's taps give to weights at an offset, on an unbounded sheet:
///
///   B(γ) = Σ_a w_a w_{a+γ} / Σ_a w_a²       (γ has a row and a column part on a torus)
///
/// summed over all pairs of taps. Zero beyond the support. A filter without taps (none, uniform)
/// has B = 1 at γ = 0 and 0 elsewhere: each pair's share of a uniform correlation vanishes with
/// width, and only degree() keeps their sum.
class Autocorrelation {
 public:
  explicit Autocorrelation(const model::LateralFilter& filter);

  double operator()(std::int64_t row_offset, std::int64_t column_offset) const;

  std::int64_t row_reach() const { return row_reach_; }        ///< B = 0 for |row offset| beyond
  std::int64_t column_reach() const { return column_reach_; }  ///< likewise
  bool is_uniform() const { return is_uniform_; }
  /// Whether it correlates nothing: B = δ.
  bool is_delta() const { return values_.size() == 1 && degree_ == 0; }

  /// Degree of correlation m = Σ_{γ≠0} B(γ) = (Σw)²/Σw² − 1; that of the filter if uniform.
  double degree() const { return degree_; }

  /// Σ_γ B(γ)², 1 for a filter without taps.
  double squared_sum() const { return values_.square().sum(); }

  /// How many offsets γ ≠ 0 share each value of B(γ) ≠ 0.
  std::map<double, double> others_by_value() const;

 private:
  std::int64_t row_reach_;
  std::int64_t column_reach_;
  bool is_uniform_;
  double degree_;
  Eigen::ArrayXXd values_;  ///< offsets from −reach to reach, so (2 reach + 1) a side
};

}  // namespace wideproof::theory
