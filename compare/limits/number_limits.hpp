// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <wideproof/compare/limits/limit_number.hpp>
#include <wideproof/compare/limits/network_numbers.hpp>
#include <wideproof/compare/limits/options.hpp>
#include <wideproof/compare/widths/bias_exponent.hpp>
#include <wideproof/compare/widths/class_limit.hpp>
#include <wideproof/compare/widths/open_claim.hpp>

namespace wideproof::compare {

/// The limits N → ∞ of every number by series in 1/N^p, p = options.power:
///
///   mean(N) = L + b/N^p (+ c/N^2p)
///
/// with weights N·R fixed beforehand, R the networks of a width (see WidthDesign and ClassLimit).
/// One order serves the whole run: that of `joint`, by the joint lack of fit of some numbers. With
/// p < 1 and five widths it is 2 at least: beside 1/√N the next term, 1/N, is too large to be left
/// to a test of its presence.
template <typename Number = LimitNumber>
struct NumberLimits {
  std::vector<LimitEstimate<Number>> all;  ///< in the order of the numbers
  std::vector<std::size_t> joint_numbers;  ///< what `joint` holds, by place in `all`
  /// Of judged numbers; where there is no prediction its tests are NaN but for the lack of fit.
  ClassLimit joint;

  int order() const { return joint.order; }
  /// Whether the joint lack of fit that remains is not significant at this level; true without
  /// spare widths.
  bool follows_series(double level) const { return !lacks_fit(joint.lack_of_fit, level); }
};

/// Two widths or more, with two networks or more each. `joint_numbers`: those judged together.
NumberLimits<> fit_number_limits(const std::vector<NetworkNumbers>& measured,
                                 const std::vector<LimitNumber>& numbers,
                                 const std::vector<std::size_t>& joint_numbers,
                                 const LimitOptions& options);

/// The means at the largest width. Two networks or more.
std::vector<LimitEstimate<>> means_at_largest_width(const std::vector<NetworkNumbers>& measured,
                                                    const std::vector<LimitNumber>& numbers,
                                                    const LimitOptions& options);

/// One number's distance from its prediction by width, in a unit of about the number's scale, whose
/// fourth powers are doubles.
BiasSeries bias_of(const std::vector<NetworkNumbers>& measured,
                   const std::vector<LimitNumber>& numbers, std::size_t number,
                   const LimitOptions& options);

template <typename Number>
NumberLimits<Number> with_numbers(NumberLimits<> limits, const std::vector<Number>& numbers) {
  return {with_numbers(limits.all, numbers), std::move(limits.joint_numbers),
          std::move(limits.joint)};
}

}  // namespace wideproof::compare
