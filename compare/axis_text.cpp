// SPDX-License-Identifier: MIT
#include <wideproof/compare/axis_text.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace wideproof::compare {
namespace {

constexpr double spare = 1.12;
constexpr double decades_of_powers_alone = 100.0;

/// `0.05`, `2·10^{-5}`
std::string label(int digit, int exponent) {
  if (exponent >= -3 && exponent <= 3) return fmt::format("{:g}", digit * std::pow(10, exponent));
  return digit == 1 ? fmt::format("10^{{{}}}", exponent)
                    : fmt::format("{}·10^{{{}}}", digit, exponent);
}

}  // namespace

std::string log_axis(const std::string& axis, const std::vector<double>& values) {
  double low = std::numeric_limits<double>::infinity();
  double high = 0.0;
  for (const double value : values) {
    if (!std::isfinite(value) || value < 1e-300) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (high == 0.0) return "";
  low /= spare;
  high *= spare;
  std::vector<std::string> tics;
  const auto add = [&](int digit, int exponent, bool labelled) {
    const double at = digit * std::pow(10.0, exponent);
    if (at < low || at > high) return;
    tics.push_back(labelled ? fmt::format("'{}' {:.6g}", label(digit, exponent), at)
                            : fmt::format("'' {:.6g} 1", at));
  };
  const bool powers_alone = high > decades_of_powers_alone * low;
  const int last = static_cast<int>(std::floor(std::log10(high)));
  for (int exponent = static_cast<int>(std::floor(std::log10(low))); exponent <= last; ++exponent)
    for (int digit = 1; digit < 10; ++digit)
      add(digit, exponent, digit == 1 || (!powers_alone && (digit == 2 || digit == 5)));
  return fmt::format("set logscale {0}\nset {0}range [{1:.6g}:{2:.6g}]\nset {0}tics ({3})\n", axis,
                     low, high, fmt::join(tics, ", "));
}

std::string count_axis(const std::string& axis, const std::vector<std::int64_t>& counts) {
  if (counts.empty()) return "";
  const auto [least, largest] = std::minmax_element(counts.begin(), counts.end());
  const double margin = counts.size() == 1 ? 2.0 : 1.3;
  const std::size_t every = (counts.size() + most_labels - 1) / most_labels;
  std::vector<std::string> tics;
  for (std::size_t i = 0; i < counts.size(); ++i)
    tics.push_back((counts.size() - 1 - i) % every == 0 ? fmt::format("'{0}' {0}", counts[i])
                                                        : fmt::format("'' {} 1", counts[i]));
  return fmt::format("set logscale {0}\nset {0}range [{1:.6g}:{2:.6g}]\nset {0}tics ({3})\n", axis,
                     static_cast<double>(*least) / margin, static_cast<double>(*largest) * margin,
                     fmt::join(tics, ", "));
}

std::string shown(const std::string& text) {
  constexpr std::string_view special = "_^{}@&~\\";
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) result += '\\';
    result += c;
    if (c == '\'') result += c;
  }
  return result;
}

}  // namespace wideproof::compare
