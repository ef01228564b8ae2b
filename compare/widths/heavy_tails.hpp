// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/matrices/options.hpp>
#include <wideproof/compare/widths/class_columns.hpp>
#include <wideproof/model/class_series.hpp>

namespace wideproof::compare {

/// A class mean's limit Σ_w a_w ȳ_w that is heavy, by TailSums.
struct HeavyTail {
  ClassColumn column;
  double skewness = 0.0;              ///< γ
  double effective_replicates = 0.0;  ///< R_eff
};

/// The columns whose limits are heavy, `influence` the a_w by width. The variance of rounding,
/// (rounding·scale)², which stands beside that of each mean, has no tails.
std::vector<HeavyTail> heavy_tails(const model::ClassSeries& series,
                                   const std::vector<ClassColumn>& columns,
                                   const Eigen::VectorXd& influence, const Options& options);

/// Whether networks of some width alone, a_w = 1 there, are heavy in this column's layer and class
/// of the Gram itself: their variance is then not known well either.
bool is_heavy_at_a_width(const model::ClassSeries& series, const ClassColumn& column);

/// Whether that is so of a class of the Gram that makes up a tenth or more of the spread of its
/// layer at some width; see fluctuation_exponent().
bool is_spread_heavy(const model::ClassSeries& series, const std::vector<ClassColumn>& columns);

/// The one known from the fewest normal networks; there is one at least.
const HeavyTail& worst_of(const std::vector<HeavyTail>& tails);

/// How many times the replicates it takes until no tail is heavy, if further networks are as those
/// that were sampled: γ falls as 1/√R, R_eff grows as R.
double replicates_for(const std::vector<HeavyTail>& tails);

/// `layer 2, entries like gram(1,4): rare networks dominate the estimate (its skewness …)`
std::string describe(const HeavyTail& tail);

}  // namespace wideproof::compare
