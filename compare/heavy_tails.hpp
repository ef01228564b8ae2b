// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/compare/class_columns.hpp>
#include <wideproof/model/class_series.hpp>

namespace wideproof::compare {

/// A class mean at one width whose R networks are too few for its law: the standard error itself is
/// not to be trusted. With skewness g and kurtosis k of the networks (3 for the normal law) it is
/// so where one of these stands out of what a normal sample of R shows by five standard errors,
/// √(6/R) and √(24/R), and
///
///   |g|/√R > 0.2      by Hall's expansion (Ann. Probab. 15, 1987) a two-sided t test at 5% then
///                     rejects 5% + 2φ(z)(z⁵ + 2z³ − 3z)/18·g²/R = 6% of true means, or
///   R_eff < 30        R_eff = 2R/(k − 1), as many normal networks as know the variance as well: a
///                     t of 29 degrees of freedom exceeds the normal's quantile for 5% in 6%.
struct HeavyTail {
  std::int64_t width = 0;
  ClassColumn column;
  double skewness = 0.0;
  double kurtosis = 0.0;
  double effective_replicates = 0.0;  ///< R_eff
};

/// The worst column of each width that has one: smallest R_eff.
std::vector<HeavyTail> heavy_tails(const model::ClassSeries& series,
                                   const std::vector<ClassColumn>& columns);

/// `width 256, layer 2, class 3: skewness …`
std::string describe(const HeavyTail& tail);

}  // namespace wideproof::compare
