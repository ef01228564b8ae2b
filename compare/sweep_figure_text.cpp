// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep_figure_text.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include <wideproof/compare/axis_text.hpp>

namespace wideproof::compare {

std::string or_nan(double number) {
  return std::isnan(number) ? "NaN" : fmt::format("{}", number);
}

std::string label_of(const SweepSeries& series) {
  return series.quantity == "error" ? "mean squared error" : series.quantity;
}

std::string figure_name(const std::string& kind, const SweepSeries& series) {
  std::string name = "sweep_" + kind + "_" + series.quantity;
  if (series.training_points > 0) name += fmt::format("_P{}", series.training_points);
  return name;
}

std::string title_of(const SweepSeries& series) {
  std::string title = label_of(series);
  title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
  if (series.training_points > 0) title += fmt::format(" at P = {}", series.training_points);
  return title;
}

std::string width_title(const SweepSeries& series, std::int64_t width) {
  if (width > 0) return fmt::format("n = {}", width);
  return series.widths.size() > 1 && series.quantity == "error" ? "kernel" : "";
}

bool logarithmic(const SweepResult& sweep, const SweepSeries& series) {
  if (series.quantity != "error") return false;
  std::vector<double> numbers;
  for (const SweepPoint& point : sweep.points)
    for (const std::int64_t width : series.widths)
      if (const SweepNumber* of = find_number(point, series, width))
        if (std::isfinite(of->value)) numbers.push_back(of->value);
  return !numbers.empty() && *std::min_element(numbers.begin(), numbers.end()) > 0.0;
}

std::string axis_commands(const SweepAxis& axis, const char* name) {
  std::string text = fmt::format("set {}label '{}'\n", name, shown(axis.label));
  if (axis.logarithmic) return text + log_axis(name, axis.numbers);
  const double margin = std::max(0.05 * (axis.numbers.back() - axis.numbers.front()),
                                 axis.numbers.size() == 1 ? 1.0 : 0.0);
  text += fmt::format("set {}range [{:.6g}:{:.6g}]\n", name, axis.numbers.front() - margin,
                      axis.numbers.back() + margin);
  if (axis.numeric) return text;
  text += fmt::format("set {}tics (", name);
  for (std::size_t i = 0; i < axis.labels.size(); ++i)
    text += fmt::format("{}'{}' {}", i == 0 ? "" : ", ", shown(axis.labels[i]), i + 1);
  return text + ")\n";
}

std::string joined(const std::string& one, const std::string& other) {
  return one + (one.empty() || other.empty() ? "" : ", ") + other;
}

}  // namespace wideproof::compare
