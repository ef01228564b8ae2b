// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/distributions.hpp>

#include <cmath>
#include <limits>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace wideproof::compare {

namespace bm = boost::math;

namespace {

/// In double throughout: long double, Boost's default, takes several times as long and is not
/// needed.
using StudentsT =
    bm::students_t_distribution<double, bm::policies::policy<bm::policies::promote_double<false>>>;

}  // namespace

double student_upper_tail(double t, double degrees_of_freedom) {
  if (std::isnan(t) || std::isnan(degrees_of_freedom))
    return std::numeric_limits<double>::quiet_NaN();
  if (std::isinf(t)) return t > 0.0 ? 0.0 : 1.0;
  return bm::cdf(bm::complement(StudentsT(degrees_of_freedom), t));
}

double student_two_sided(double t, double degrees_of_freedom) {
  return 2.0 * student_upper_tail(std::abs(t), degrees_of_freedom);
}

double student_upper_quantile(double probability, double degrees_of_freedom) {
  if (std::isnan(degrees_of_freedom)) return degrees_of_freedom;
  return bm::quantile(bm::complement(StudentsT(degrees_of_freedom), probability));
}

double fisher_upper_tail(double f, double numerator, double denominator) {
  if (std::isnan(f)) return f;
  if (std::isinf(f)) return 0.0;
  return bm::cdf(bm::complement(bm::fisher_f(numerator, denominator), f));
}

double gamma_upper_tail(double x, double mean, double variance) {
  if (std::isnan(x) || std::isinf(x)) return std::isnan(x) ? x : 0.0;
  return bm::cdf(
      bm::complement(bm::gamma_distribution<>(mean * mean / variance, variance / mean), x));
}

double chi_squared_quantile(double probability, double degrees_of_freedom) {
  return bm::quantile(bm::chi_squared_distribution<>(degrees_of_freedom), probability);
}

double normal_upper_tail(double z) {
  return 0.5 * std::erfc(z / std::sqrt(2.0));
}

double normal_upper_quantile(double probability) {
  return bm::quantile(bm::complement(bm::normal(), probability));
}

}  // namespace wideproof::compare
