// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/figure_text.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/number_range.hpp>
#include <wideproof/report/sweep/names.hpp>

namespace wideproof::report {
namespace {

/// Between two labels, as part of an axis: labels are broader than high.
constexpr double tic_distance_x = 0.25;
constexpr double tic_distance_y = 0.1;

/// Numbers that differ less than so much of themselves are one number.
constexpr double rounding = 1e-9;

/// Its first bytes, no character parted.
std::string first_part(const std::string& label, std::size_t size) {
  while (size > 0 && (static_cast<unsigned char>(label[size]) & 0xC0U) == 0x80U) --size;
  return label.substr(0, size) + "…";
}

/// Of an axis of words. Side by side they share its length: long ones are cut, or all are numbered
/// where that leaves two alike.
std::vector<std::string> fitting_labels(const SweepAxis& axis, bool are_side_by_side) {
  constexpr std::size_t room = 60;
  std::vector<std::string> labels;
  for (const auto& label : axis.labels) labels.push_back(shortened(label));
  if (!are_side_by_side) return labels;
  const std::size_t share = std::max<std::size_t>(room / labels.size(), 4);
  std::set<std::string> distinct;
  for (auto& label : labels) {
    if (label.size() > share) label = first_part(label, share);
    distinct.insert(label);
  }
  if (distinct.size() == labels.size()) return labels;
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = std::to_string(i + 1);
  return labels;
}

}  // namespace

std::string or_nan(double number) {
  return std::isnan(number) ? "NaN" : fmt::format("{}", number);
}

std::string meaning_of(const SweepSeries& series) {
  const std::string& meaning = series.quantity->meaning;
  return meaning.empty() ? "" : " " + meaning;
}

std::string figure_name(const std::string& kind, const SweepSeries& series) {
  std::string name = "sweep_" + kind + "_" + series.quantity->name;
  std::erase(name, ',');
  std::replace(name.begin(), name.end(), ' ', '_');
  if (series.training_points > 0) name += fmt::format("_P{}", series.training_points);
  return name;
}

std::string title_of(const SweepSeries& series) {
  std::string title = series.quantity->label;
  title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
  if (series.training_points > 0) title += fmt::format(" at P = {}", series.training_points);
  return title;
}

std::string width_title(const SweepSeries& series, std::int64_t width) {
  if (width > 0) return fmt::format("n = {}", width);
  return series.widths.size() > 1 ? series.quantity->without_width.brief : "";
}

bool logarithmic(const compare::SweepResult& sweep, const SweepSeries& series) {
  if (series.quantity->scale == compare::SweepQuantity::Scale::linear) return false;
  std::vector<double> numbers;
  for (const compare::SweepPoint& point : sweep.points)
    for (const std::int64_t width : series.widths)
      if (const compare::SweepNumber* number = find_number(point, series, width))
        if (const double shown = measured_or_predicted(*number); std::isfinite(shown))
          numbers.push_back(shown);
  return !numbers.empty() && *std::min_element(numbers.begin(), numbers.end()) > 0.0;
}

std::string fitted_axis(const std::string& axis, const std::vector<double>& values) {
  const NumberRange range = number_range(values);
  if (range.is_empty()) return "";
  const auto [low, high] = range;
  const double size = std::max(std::abs(low), std::abs(high));
  if (high - low <= rounding * size || size == 0.0) {
    const double around = size == 0.0 ? 1.0 : 0.1 * size;
    return fmt::format("set {}range [{:.6g}:{:.6g}]\n", axis, low - around, high + around);
  }
  const bool is_bar = axis == "cb";
  const double spare = is_bar ? 0.0 : 0.04 * (high - low);
  return few_tics(axis, values) +
         // gnuplot's own labels of a bar from 1e-5 to 4 are 1.00000, which leaves no room for what
         // the bar is of; narrow ones would let that run into them.
         (is_bar ? "set format cb '%-5g'\n" : "") +
         fmt::format("set {}range [{:.6g}:{:.6g}]\n", axis, low - spare, high + spare);
}

std::string axis_commands(const SweepAxis& axis, const char* name) {
  std::string text = fmt::format("set {}label '{}'\n", name, shown(axis.label));
  if (axis.logarithmic) return text + log_axis(name, axis.numbers);
  const double margin = std::max(0.05 * (axis.numbers.back() - axis.numbers.front()),
                                 axis.numbers.size() == 1 ? 1.0 : 0.0);
  text += fmt::format("set {}range [{:.6g}:{:.6g}]\n", name, axis.numbers.front() - margin,
                      axis.numbers.back() + margin);
  if (axis.numeric) return text + swept_tics(axis, name);
  text += fmt::format("set {}tics (", name);
  const auto labels = fitting_labels(axis, *name == 'x');
  for (std::size_t i = 0; i < labels.size(); ++i)
    text += fmt::format("{}'{}' {}", i == 0 ? "" : ", ", shown(labels[i]), i + 1);
  return text + ")\n";
}

std::string swept_tics(const SweepAxis& axis, const char* name) {
  if (!axis.numeric) return "";
  const auto scale = [&](double x) { return axis.logarithmic ? std::log(x) : x; };
  const double first = scale(axis.numbers.front());
  const double last = scale(axis.numbers.back());
  const double apart = (*name == 'x' ? tic_distance_x : tic_distance_y) * (last - first);
  std::string tics;
  double before = first;
  for (const double number : axis.numbers) {
    const double at = scale(number);
    const bool is_end = at == first || at == last;
    if (!is_end && (at - before < apart || last - at < apart)) continue;
    tics += fmt::format("{}'{:.4g}' {:.6g}", tics.empty() ? "" : ", ", number, number);
    before = at;
  }
  return fmt::format("set {}tics ({})\n", name, tics);
}

std::string joined(const std::string& one, const std::string& other) {
  return one + (one.empty() || other.empty() ? "" : ", ") + other;
}

}  // namespace wideproof::report
