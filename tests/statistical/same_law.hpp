// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>
#include <Eigen/Core>

#include "false_alarm.hpp"

namespace wideproof::testing {

/// Value of `x` that a share `probability` of all of `x` and `y` stays below.
inline double pooled_quantile(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y,
                              double probability) {
  std::vector<double> all(x.begin(), x.end());
  all.insert(all.end(), y.begin(), y.end());
  const auto nth =
      all.begin() + static_cast<std::ptrdiff_t>(probability * static_cast<double>(all.size()));
  std::nth_element(all.begin(), nth, all.end());
  return *nth;
}

/// Whether two samples can be of one law: the features' means, variances and covariances, also
/// across layers, and their tails beyond 5% on either side.
inline ::testing::AssertionResult same_law(const Eigen::ArrayXXd& x, const Eigen::ArrayXXd& y) {
  const auto count = static_cast<int>(x.cols());
  const int checks = count + count * (count + 1) / 2 + 2 * count;
  const auto compare = [&](const Eigen::ArrayXd& u, const Eigen::ArrayXd& v) {
    const Estimate difference = mean_of(u) - mean_of(v);
    // What is the same in every network, such as the active fraction under `quantile`.
    const double rounding = 1e-14 * std::max(1.0, std::abs(u.mean()));
    if (difference.standard_error < rounding && std::abs(difference.value) < rounding) {
      return ::testing::AssertionSuccess();
    }
    return agrees(difference, 0, checks);
  };
  for (int j = 0; j < count; ++j) {
    if (auto r = compare(x.col(j), y.col(j)); !r) return r << "; mean of feature " << j;
    for (const double p : {.05, .95}) {
      const double bound = pooled_quantile(x.col(j), y.col(j), p);
      auto r = compare((x.col(j) < bound).cast<double>(), (y.col(j) < bound).cast<double>());
      if (!r) return r << "; feature " << j << " at its quantile " << p;
    }
    const auto centred = [&](const Eigen::ArrayXXd& z, int k) -> Eigen::ArrayXd {
      return z.col(k) - (x.col(k).mean() + y.col(k).mean()) / 2;
    };
    for (int k = 0; k <= j; ++k) {
      auto r = compare(centred(x, j) * centred(x, k), centred(y, j) * centred(y, k));
      if (!r) return r << "; covariance of features " << j << " and " << k;
    }
  }
  return ::testing::AssertionSuccess();
}

}  // namespace wideproof::testing
