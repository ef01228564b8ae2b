// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::report {

/// One swept key as an axis of a figure.
struct SweepAxis {
  std::size_t key = 0;
  std::string name;   ///< the last part of the key, in words
  std::string label;  ///< the name and, where there is one, the symbol
  bool numeric = false;
  bool logarithmic = false;
  std::vector<double> numbers;      ///< distinct, rising; 1, 2, … where not numeric
  std::vector<std::string> labels;  ///< distinct values in the order of the sweep
};

/// The axes, the numeric ones first, of them those with the most values first.
std::vector<SweepAxis> sweep_axes(const compare::SweepResult& sweep);

/// Where a point lies on an axis.
double position(const SweepAxis& axis, const compare::SweepPoint& point);

/// Whether distinct numbers belong on a logarithmic axis: all positive, over a factor of twenty,
/// and spread no less evenly there than on a linear one.
bool wants_logarithm(std::vector<double> numbers);

/// One curve or map: which points share the values of all keys but the axes'.
struct SweepGroup {
  std::string title;  ///< `m = 20, depth = 2`, empty where nothing else is swept
  std::vector<std::size_t> points;
};

/// Points by the values of all keys that are not among the first `axes` of `all`, in the order of
/// the sweep.
std::vector<SweepGroup> sweep_groups(const compare::SweepResult& sweep,
                                     const std::vector<SweepAxis>& all, std::size_t axes);

/// What one figure shows.
struct SweepSeries {
  compare::SharedQuantity quantity;
  std::int64_t training_points = 0;
  std::vector<std::int64_t> widths;
};

/// By the first appearance of a quantity, then P.
std::vector<SweepSeries> sweep_series(const compare::SweepResult& sweep);

/// nullptr where the point has none.
const compare::SweepNumber* find_number(const compare::SweepPoint& point, const SweepSeries& series,
                                        std::int64_t width);

}  // namespace wideproof::report
