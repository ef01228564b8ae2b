// SPDX-License-Identifier: MIT
#include <wideproof/report/figure/figure_text.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace wideproof::report {

std::vector<std::size_t> spread_out(std::size_t count, std::size_t most) {
  std::vector<std::size_t> chosen;
  const std::size_t number = std::min(count, most);
  for (std::size_t i = 0; i < number; ++i)
    chosen.push_back(number == 1 ? 0 : (i * (count - 1) + (number - 1) / 2) / (number - 1));
  return chosen;
}

std::string width_axis(const std::vector<std::int64_t>& widths) {
  std::vector<std::string> tics;
  tics.reserve(widths.size());
  for (const std::int64_t width : widths) tics.push_back(fmt::format("'' {} 1", width));
  // Three or four of them, whichever leaves out equally many between.
  const std::size_t labelled = (widths.size() - 1) % 3 == 0 || widths.size() < 5 ? 4 : 3;
  for (const std::size_t i : spread_out(widths.size(), labelled))
    tics[i] = fmt::format("'{0}' {0}", widths[i]);
  const double margin = widths.size() == 1 ? 2.0 : 1.4;
  return fmt::format(
      "set logscale x\nset xrange [{}:{}]\nset xtics ({})\n"
      "set xlabel 'width {{/:Italic n}} (neurons in a layer)'\n",
      static_cast<double>(widths.front()) / margin, static_cast<double>(widths.back()) * margin,
      fmt::join(tics, ", "));
}

std::string layer_tics(std::int64_t depth) {
  constexpr std::int64_t few = 10;
  return fmt::format("set xtics {}\n", depth > few ? "auto" : "1");
}

Decades decades_of(const std::vector<double>& values) {
  Decades decades;
  for (const double value : values) {
    if (!std::isfinite(value) || value < 1e-300) continue;
    const double low = std::pow(10.0, std::floor(std::log10(value)));
    const double high = 10.0 * low;
    decades.low = decades.is_empty() ? low : std::min(decades.low, low);
    decades.high = std::max(decades.high, high);
  }
  return decades;
}

std::string decades_axis(char axis, const Decades& decades) {
  return fmt::format("set logscale {0}\nset {0}range [{1}:{2}]\nset format {0} '10^{{%L}}'\n", axis,
                     decades.low, decades.high);
}

std::string plot(const std::vector<std::string>& items) {
  return fmt::format("plot {}", fmt::join(items, ", \\\n  "));
}

}  // namespace wideproof::report
