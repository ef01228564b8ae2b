// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/axes.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <wideproof/report/sweep/names.hpp>

namespace wideproof::report {
namespace {

constexpr double span_of_a_logarithm = 20.0;

template <typename T>
bool contains(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// The largest step over the smallest, on a scale, of rising numbers.
template <typename Scale>
double unevenness(const std::vector<double>& numbers, Scale scale) {
  double small = std::numeric_limits<double>::infinity();
  double large = 0.0;
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    const double step = scale(numbers[i]) - scale(numbers[i - 1]);
    small = std::min(small, step);
    large = std::max(large, step);
  }
  return large / small;
}

SweepAxis axis_of(const compare::SweepResult& sweep, std::size_t key) {
  SweepAxis axis;
  axis.key = key;
  axis.name = key_in_words(sweep.keys[key]);
  const std::string symbol = short_key(sweep, key);
  axis.label = symbol == axis.name ? axis.name : axis.name + " " + symbol;
  axis.numeric = true;
  for (const compare::SweepPoint& point : sweep.points) {
    const std::string& value = point.values[key];
    if (!contains(axis.labels, value)) axis.labels.push_back(value);
    const auto number = compare::as_number(value);
    axis.numeric = axis.numeric && number.has_value();
    if (number && !contains(axis.numbers, *number)) axis.numbers.push_back(*number);
  }
  if (!axis.numeric) {
    axis.numbers.clear();
    for (std::size_t i = 1; i <= axis.labels.size(); ++i)
      axis.numbers.push_back(static_cast<double>(i));
  }
  std::sort(axis.numbers.begin(), axis.numbers.end());
  axis.logarithmic = axis.numeric && wants_logarithm(axis.numbers);
  return axis;
}

}  // namespace

std::vector<SweepAxis> sweep_axes(const compare::SweepResult& sweep) {
  std::vector<SweepAxis> axes;
  for (std::size_t key = 0; key < sweep.keys.size(); ++key) axes.push_back(axis_of(sweep, key));
  std::stable_sort(axes.begin(), axes.end(), [](const SweepAxis& one, const SweepAxis& other) {
    if (one.numeric != other.numeric) return one.numeric;
    return one.numeric && one.numbers.size() > other.numbers.size();
  });
  return axes;
}

double position(const SweepAxis& axis, const compare::SweepPoint& point) {
  const std::string& value = point.values[axis.key];
  if (axis.numeric) return *compare::as_number(value);
  const auto found = std::find(axis.labels.begin(), axis.labels.end(), value);
  return static_cast<double>(found - axis.labels.begin()) + 1.0;
}

bool wants_logarithm(std::vector<double> numbers) {
  if (numbers.size() < 2) return false;
  std::sort(numbers.begin(), numbers.end());
  const double least = numbers.front();
  const double largest = numbers.back();
  return least > 0.0 && largest >= span_of_a_logarithm * least &&
         unevenness(numbers, [](double x) { return std::log(x); }) <=
             unevenness(numbers, [](double x) { return x; });
}

std::vector<SweepGroup> sweep_groups(const compare::SweepResult& sweep,
                                     const std::vector<SweepAxis>& all, std::size_t axes) {
  std::vector<SweepGroup> groups;
  for (std::size_t i = 0; i < sweep.points.size(); ++i) {
    std::string title;
    for (std::size_t a = axes; a < all.size(); ++a)
      if (varies(sweep, all[a].key))
        title += fmt::format("{}{} = {}", title.empty() ? "" : ", ", short_key(sweep, all[a].key),
                             short_value(sweep, i, all[a].key));
    // By the values themselves: titles are rounded.
    auto found = std::find_if(groups.begin(), groups.end(), [&](const SweepGroup& group) {
      const compare::SweepPoint& first = sweep.points[group.points.front()];
      return std::all_of(all.begin() + static_cast<std::ptrdiff_t>(axes), all.end(),
                         [&](const SweepAxis& axis) {
                           return first.values[axis.key] == sweep.points[i].values[axis.key];
                         });
    });
    if (found == groups.end()) found = groups.insert(groups.end(), {title, {}});
    found->points.push_back(i);
  }
  return groups;
}

std::vector<SweepSeries> sweep_series(const compare::SweepResult& sweep) {
  std::vector<SweepSeries> all;
  for (const compare::SweepPoint& point : sweep.points) {
    for (const compare::SweepNumber& number : point.numbers) {
      auto found = std::find_if(all.begin(), all.end(), [&](const SweepSeries& series) {
        return series.quantity->name == number.quantity->name &&
               series.training_points == number.training_points;
      });
      if (found == all.end())
        found = all.insert(all.end(), {number.quantity, number.training_points, {}});
      if (!contains(found->widths, number.width)) found->widths.push_back(number.width);
    }
  }
  for (SweepSeries& series : all) std::sort(series.widths.begin(), series.widths.end());
  return all;
}

const compare::SweepNumber* find_number(const compare::SweepPoint& point, const SweepSeries& series,
                                        std::int64_t width) {
  return compare::find_number(point, series.quantity->name, series.training_points, width);
}

}  // namespace wideproof::report
