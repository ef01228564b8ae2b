// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/interval.hpp>

namespace wideproof::compare {

/// One number of which every network shows a draw, on a scale on which its mean over networks is
/// unbiased and follows a series in the width. Kinds of study derive theirs from it.
struct LimitNumber {
  double predicted = 0.0;  ///< NaN without a prediction
  double scale = 1.0;      ///< in units of which rounding is counted, positive
  Interval equal = {};     ///< what counts as equal to the prediction
  bool is_judged = true;   ///< false without a prediction
};

/// One number's limit N → ∞ or, with one width, its mean there; on the number's own scale.
template <typename Number = LimitNumber>
struct LimitEstimate {
  Number number;
  double value = 0.0;
  double standard_error = 0.0;                                ///< with that of rounding
  double degrees_of_freedom = 0.0;                            ///< Welch and Satterthwaite's
  double p_value = std::numeric_limits<double>::quiet_NaN();  ///< of the prediction, Student's t
  /// p_value were the order of the series one higher; nullopt with fewer than four widths.
  std::optional<double> guard_p = {};
  /// Coefficients of the series in (N₀/N)^p, N₀ the narrowest width, from the limit on; empty with
  /// one width.
  Eigen::VectorXd series = {};
  bool is_exact = false;  ///< the same in every network of each width, but for rounding

  /// The estimate of another description of the same number.
  template <typename Other>
  LimitEstimate<Other> of(const Other& other) const {
    return {other, value, standard_error, degrees_of_freedom, p_value, guard_p, series, is_exact};
  }

  /// Student's, two-sided.
  Interval interval(double coverage) const {
    const double reach =
        student_upper_quantile(0.5 * (1.0 - coverage), degrees_of_freedom) * standard_error;
    return {value - reach, value + reach};
  }

  /// How much of the room between the prediction and the nearer end of `equal` the estimate and its
  /// one-sided error at this level take up: equal up to 1.
  double room_taken(double level) const {
    const double reach = student_upper_quantile(level, degrees_of_freedom) * standard_error;
    return std::max((value + reach - number.predicted) / (number.equal.high - number.predicted),
                    (number.predicted - value + reach) / (number.predicted - number.equal.low));
  }

  /// Two one-sided tests: the number lies within LimitNumber::equal, each test at this level.
  bool is_equal(double level) const { return room_taken(level) <= 1.0; }
};

/// The numbers as such, without what a kind of study says of them.
template <typename Number>
std::vector<LimitNumber> plain(const std::vector<Number>& numbers) {
  return {numbers.begin(), numbers.end()};
}

template <typename Number>
std::vector<LimitEstimate<>> plain(const std::vector<LimitEstimate<Number>>& estimates) {
  std::vector<LimitEstimate<>> all;
  for (const LimitEstimate<Number>& at : estimates)
    all.push_back(at.of(static_cast<const LimitNumber&>(at.number)));
  return all;
}

/// Estimates of `numbers`, in their order, with what a kind of study says of them.
template <typename Number>
std::vector<LimitEstimate<Number>> with_numbers(const std::vector<LimitEstimate<>>& estimates,
                                                const std::vector<Number>& numbers) {
  std::vector<LimitEstimate<Number>> all;
  for (std::size_t k = 0; k < estimates.size(); ++k) all.push_back(estimates[k].of(numbers[k]));
  return all;
}

}  // namespace wideproof::compare
