// SPDX-License-Identifier: MIT
#include <wideproof/report/figure/axis_text.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/report/figure/number_range.hpp>

namespace wideproof::report {
namespace {

constexpr double spare = 1.12;
constexpr std::size_t enough_labels = 3;
constexpr double most_steps = 5.0;
constexpr int most_digits = 6;

/// The numbers between powers of ten that are labelled, in tenths: the first set that gives enough.
const std::vector<std::vector<int>> labelled_tenths = {
    {10},
    {10, 30},
    {10, 20, 50},
    {10, 20, 30, 50, 70},
    {10, 15, 20, 30, 50, 70},
    {10, 12, 14, 16, 18, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90}};

/// `0.05`, `2·10^{-5}`
std::string label(int tenths, int exponent) {
  const double mantissa = tenths / 10.0;
  if (exponent >= -3 && exponent <= 3)
    return fmt::format("{:g}", mantissa * std::pow(10, exponent));
  return tenths == 10 ? fmt::format("10^{{{}}}", exponent)
                      : fmt::format("{:g}·10^{{{}}}", mantissa, exponent);
}

/// Tics of an axis from `low` to `high`: its labels at these tenths, and unlabelled ones between.
struct Tics {
  std::vector<std::string> commands;
  std::size_t labels = 0;
};

Tics tics_at(const std::vector<int>& labelled, double low, double high) {
  Tics tics;
  const int last = static_cast<int>(std::floor(std::log10(high)));
  for (int exponent = static_cast<int>(std::floor(std::log10(low))); exponent <= last; ++exponent)
    for (int tenths = 10; tenths < 100; ++tenths) {
      const double at = tenths / 10.0 * std::pow(10.0, exponent);
      if (at < low || at > high) continue;
      if (std::find(labelled.begin(), labelled.end(), tenths) != labelled.end()) {
        tics.commands.push_back(fmt::format("'{}' {:.6g}", label(tenths, exponent), at));
        ++tics.labels;
      } else if (tenths % 10 == 0) {
        tics.commands.push_back(fmt::format("'' {:.6g} 1", at));
      }
    }
  return tics;
}

/// Labels for an axis so short that hardly a round number lies on it.
Tics ends_and_middle(double low, double high) {
  Tics tics;
  for (const double at : {low, std::sqrt(low * high), high}) {
    const int exponent = static_cast<int>(std::floor(std::log10(at)));
    const bool is_plain = exponent >= -3 && exponent <= 3;
    tics.commands.push_back(is_plain ? fmt::format("'{0:.3g}' {0:.6g}", at)
                                     : fmt::format("'{:.3g}·10^{{{}}}' {:.6g}",
                                                   at / std::pow(10.0, exponent), exponent, at));
    ++tics.labels;
  }
  return tics;
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
  Tics tics;
  for (const std::vector<int>& tenths : labelled_tenths) {
    tics = tics_at(tenths, low, high);
    if (tics.labels >= enough_labels) break;
  }
  if (tics.labels < 2) tics = ends_and_middle(low, high);
  return fmt::format("set logscale {0}\nset {0}range [{1:.6g}:{2:.6g}]\nset {0}tics ({3})\n", axis,
                     low, high, fmt::join(tics.commands, ", "));
}

std::string few_tics(const std::string& axis, const std::vector<double>& values) {
  const auto [low, high] = number_range(values);
  if (!(high > low)) return "";
  const double least = (high - low) / most_steps;
  double step = std::pow(10.0, std::floor(std::log10(least)));
  for (const double times : {2.0, 2.5, 2.0})  // 1, 2, 5, 10
    if (step < least * (1.0 - 1e-9)) step *= times;
  return fmt::format("set {}tics {:.6g}\n", axis, step);
}

BarTics bar_tics(double low, double high) {
  const double values[] = {low, 0.5 * (low + high), high};
  const double largest = std::max(std::abs(low), std::abs(high));
  const int exponent = largest > 0.0 ? static_cast<int>(std::floor(std::log10(largest))) : 0;
  BarTics bar;
  if (exponent < -3 || exponent > 3) bar.exponent = exponent;
  // No label is finer than a hundredth of the bar: 0, not -4.3e-05, at the end of one to 0.5.
  const double unit = std::pow(10.0, bar.exponent);
  const double step =
      high > low ? std::pow(10.0, std::floor(std::log10((high - low) / unit / 100.0))) : 0.0;
  const auto rounded = [step](double value) {
    return step > 0.0 ? std::round(value / step) * step + 0.0 : value;
  };
  std::vector<std::string> labels;
  for (int digits = 3; digits <= most_digits; ++digits) {
    labels.clear();
    for (const double value : values)
      labels.push_back(fmt::format("{:.{}g}", rounded(value / unit), digits));
    if (labels[0] != labels[1] && labels[1] != labels[2]) break;
  }
  std::vector<std::string> tics;
  for (std::size_t i = 0; i < labels.size(); ++i)
    tics.push_back(fmt::format("'{}' {}", labels[i], values[i]));
  bar.tics = fmt::format("{}", fmt::join(tics, ", "));
  return bar;
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

}  // namespace wideproof::report
