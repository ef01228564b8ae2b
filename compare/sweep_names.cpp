// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep_names.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/axis_text.hpp>

namespace wideproof::compare {
namespace {

/// By the last part of a key; docs/notation.md.
constexpr std::array<std::pair<const char*, const char*>, 8> symbols = {{
    {"active_fraction", "f"},
    {"taps", "z"},
    {"degree", "m"},
    {"weight_variance", "σ²"},
    {"bias_variance", "σ_b²"},
    {"tau", "τ"},
    {"training_points", "P"},
    {"replicates", "networks"},
}};

std::string symbol_of(const std::string& key) {
  const std::string last = key.substr(key.rfind('.') + 1);
  for (const auto& [name, symbol] : symbols)
    if (last == name) return symbol;
  return key_in_words(key);
}

bool varies(const SweepResult& sweep, std::size_t key) {
  return std::any_of(sweep.points.begin(), sweep.points.end(), [&](const SweepPoint& point) {
    return point.values[key] != sweep.points.front().values[key];
  });
}

}  // namespace

std::string key_in_words(const std::string& key) {
  std::string name = key.substr(key.rfind('.') + 1);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string short_key(const SweepResult& sweep, std::size_t key) {
  const std::string& full = sweep.keys[key];
  std::string symbol = symbol_of(full);
  const auto namesakes =
      std::count_if(sweep.keys.begin(), sweep.keys.end(),
                    [&](const std::string& other) { return symbol_of(other) == symbol; });
  const auto dot = full.rfind('.');
  if (namesakes < 2 || dot == std::string::npos) return symbol;
  return key_in_words(full.substr(0, dot)) + " " + symbol;
}

std::string short_value(const SweepResult& sweep, std::size_t point, std::size_t key) {
  const std::string& value = sweep.points[point].values[key];
  const auto number = as_number(value);
  return number ? fmt::format("{:.4g}", *number) : value;
}

std::string short_name(const SweepResult& sweep, std::size_t point) {
  std::string name;
  for (std::size_t key = 0; key < sweep.keys.size(); ++key)
    name += fmt::format("{}{} = {}", key == 0 ? "" : ", ", short_key(sweep, key),
                        short_value(sweep, point, key));
  return name;
}

std::string enhanced_name(const SweepResult& sweep, std::size_t point) {
  std::string name;
  const bool all = sweep.points.size() == 1;
  for (std::size_t key = 0; key < sweep.keys.size(); ++key) {
    if (!all && !varies(sweep, key)) continue;
    const std::string called = short_key(sweep, key);
    const bool is_symbol = called != key_in_words(sweep.keys[key]);
    name += fmt::format("{}{} = {}", name.empty() ? "" : ", ",
                        is_symbol ? fmt::format("{{/:Italic {}}}", called) : shown(called),
                        shown(short_value(sweep, point, key)));
  }
  return name;
}

}  // namespace wideproof::compare
