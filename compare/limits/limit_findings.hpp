// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/limits/heavy_numbers.hpp>
#include <wideproof/compare/limits/number_limits.hpp>
#include <wideproof/compare/statistics/exponent.hpp>
#include <wideproof/compare/widths/limit_words.hpp>

namespace wideproof::compare {

/// An exponent and what it is of: "layer 2"
struct PlacedExponent {
  std::string place;
  Exponent exponent;
};

/// What claims about limits, and the verdict on them, are made of.
struct LimitFindings {
  LimitOptions options;
  std::vector<std::int64_t> widths = {};  ///< rising
  std::int64_t fewest_networks = 0;       ///< at one of them
  std::optional<NumberLimits<>> limits = {};
  std::vector<LimitEstimate<>> means = {};  ///< at the largest width, where there are no limits
  std::vector<HeavyNumber> heavy = {};
  std::vector<PlacedExponent> biases = {};

  const std::vector<LimitEstimate<>>& estimates() const { return limits ? limits->all : means; }
  bool follows_series() const { return !limits || limits->follows_series(options.family_error); }
  /// Whether every judged estimate is equal to its prediction at the level of the family error.
  bool is_equivalent() const;
};

/// The largest number of networks that shows nothing of the tails of what is averaged, and one.
inline constexpr std::int64_t fewest_networks = 10;

/// What is fitted to every number, and how well it is known: limits with two widths or more, else
/// means; heavy numbers. Two networks of a width or more.
LimitFindings find_limits(const std::vector<NetworkNumbers>& measured,
                          const std::vector<LimitNumber>& numbers,
                          const std::vector<std::size_t>& joint_numbers,
                          const LimitOptions& options);

/// How a kind of study speaks of its numbers, each by its place.
struct LimitWords {
  std::string width = "N";           ///< the symbol
  std::string limit_statement = {};  ///< "D̃ of all layers tends to the prediction."
  std::string numbers_claim = {};    ///< the claim of every number by itself: "layers"
  std::string numbers_statement = {};
  std::string bias_unit = "layer";                      ///< what has an exponent of the bias each
  std::string exactness = "the same in every network";  ///< of numbers without an error
  std::function<std::string(std::size_t)> place = {};   ///< "layer 2, D̃"
  /// A number of that scale as it is shown, an interval and a standard error at a number.
  std::function<double(std::size_t, double)> shown = [](std::size_t, double x) { return x; };
  std::function<Interval(std::size_t, const Interval&)> shown_interval =
      [](std::size_t, const Interval& interval) { return interval; };
  std::function<double(std::size_t, double, double)> shown_error =
      [](std::size_t, double, double error) { return error; };

  WidthSeriesTerm term(const LimitOptions& options) const {
    return {.width = width, .power = options.power};
  }
};

}  // namespace wideproof::compare
