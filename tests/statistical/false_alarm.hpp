// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <Eigen/Core>

namespace wideproof::testing {

/// Chance that one test of this folder fails, were its seed drawn anew and the code right. The
/// seeds are fixed and were chosen once, before the first run.
inline constexpr double false_alarm = 1e-6;

/// Chance that each of `checks` independent checks may have for all together to have `false_alarm`:
/// 1 − (1 − a)^{1/checks} (Šidák).
inline double share_of_one_check(int checks) {
  return -std::expm1(std::log1p(-false_alarm) / checks);
}

/// The most of `runs` that may convict where each does so with chance `error`: more come once in
/// 1/false_alarm.
inline double most_convictions(std::uint64_t runs, double error) {
  const boost::math::binomial law(static_cast<double>(runs), error);
  return quantile(complement(law, false_alarm));
}

/// A number estimated as the mean of `replicates` independent ones.
struct Estimate {
  double value = 0.0;
  double standard_error = 0.0;
  std::int64_t replicates = 0;
};

inline Estimate mean_of(const Eigen::Ref<const Eigen::ArrayXd>& samples) {
  const auto count = static_cast<double>(samples.size());
  const double mean = samples.mean();
  const double variance = (samples - mean).square().sum() / (count - 1);
  return {mean, std::sqrt(variance / count), samples.size()};
}

/// The variance of one sample: the mean of R/(R−1) times its squared deviation.
inline Estimate variance_of(const Eigen::Ref<const Eigen::ArrayXd>& samples) {
  const auto count = static_cast<double>(samples.size());
  return mean_of((samples - samples.mean()).square() * (count / (count - 1)));
}

/// s·x, and x − y of independent estimates.
inline Estimate operator*(double factor, const Estimate& x) {
  return {factor * x.value, std::abs(factor) * x.standard_error, x.replicates};
}
inline Estimate operator-(const Estimate& x, const Estimate& y) {
  return {x.value - y.value, std::hypot(x.standard_error, y.standard_error),
          std::min(x.replicates, y.replicates)};
}

/// Whether the estimate differs from `truth` by less than Student's t allows at the share of one of
/// `checks` checks, `slack` being how far `truth` itself may be from the estimated number.
inline ::testing::AssertionResult agrees(const Estimate& estimate, double truth, int checks = 1,
                                         double slack = 0) {
  const boost::math::students_t law(static_cast<double>(estimate.replicates - 1));
  const double bound = quantile(complement(law, share_of_one_check(checks) / 2));
  const double distance =
      std::max(std::abs(estimate.value - truth) - slack, 0.0) / estimate.standard_error;
  return (distance <= bound ? ::testing::AssertionSuccess() : ::testing::AssertionFailure())
         << estimate.value << " ± " << estimate.standard_error << " lies " << distance
         << " standard errors from " << truth << "; allowed are " << bound;
}

}  // namespace wideproof::testing
