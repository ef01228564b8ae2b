// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/binomial_interval.hpp>

#include <cassert>

#include <boost/math/distributions/binomial.hpp>

namespace wideproof::compare {

Interval binomial_interval(int times, int trials) {
  assert(trials >= 1 && times >= 0 && times <= trials);
  using Binomial = boost::math::binomial_distribution<double>;
  constexpr double one_side = 0.025;
  return {Binomial::find_lower_bound_on_p(trials, times, one_side),
          Binomial::find_upper_bound_on_p(trials, times, one_side)};
}

}  // namespace wideproof::compare
