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

/// A linear combination L = Σ_w a_w ȳ_w of a class mean's averages over R_w networks that is too
/// far from normal, or whose standard error is too badly known, for Student's t. With skewness g_w
/// and kurtosis k_w of the networks of a width (3 for the normal law), s_w² their variance and
/// v_w = a_w² s_w²/R_w,
///
///   skewness of L   γ = Σ v_w^{3/2} sgn(a_w) g_w/√R_w / (Σ v_w)^{3/2}
///   R_eff = 2 (Σ v_w)² / Σ v_w² (k_w − 1)/R_w,
///
/// R_eff being as many normal networks of one width as know the variance of L as well. L is heavy
/// where one of these stands out of what normal samples of these sizes show by five standard errors
/// (√(6/R_w) and √(24/R_w) at each width), and
///
///   |γ| > 0.2     by Hall's expansion (Ann. Probab. 15, 1987) a two-sided t test at 5% then
///                 rejects 5% + 2φ(z)(z⁵ + 2z³ − 3z)/18·γ² = 6% of true means, or
///   R_eff < 30    a t of 29 degrees of freedom exceeds the normal's quantile for 5% in 6%.
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
