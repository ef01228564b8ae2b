// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/statistics/hotelling.hpp>

namespace wideproof::compare {

/// The networks of one width, networks × p, with the variances that stand beside their means' own
/// (rounding), and the weight A_w of the width in the limit.
struct ResampledWidth {
  Eigen::MatrixXd rows;
  Eigen::VectorXd extra_variance;
  double influence = 0.0;
};

/// p-value of `test`, T² of L = Σ_w A_w ȳ_w, from resampled networks instead of Fisher's law: the
/// networks of each width are drawn with replacement, and
///
///   T*² = T² of L* − L with the covariance of the resampled networks
///   p   = (1 + #{T*² ≥ T²})/(B + 1)
///
/// with B = 1999 and a fixed seed, so that a report repeats. With 100 of T*² ≥ T² it stops at the
/// l-th, p = 100/l (Besag and Clifford, Biometrika 78, 1991): then p > 5%, whatever would follow.
/// Beyond 512 networks of a width, consecutive ones are averaged into at most 512 groups first,
/// which keeps the law of their mean; networks beyond the last full group are left out of the
/// resampling.
double bootstrap_p(const std::vector<ResampledWidth>& widths, const JointTest& test);

}  // namespace wideproof::compare
