// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/names.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <boost/algorithm/string/trim.hpp>

#include <fmt/format.h>

#include <wideproof/report/figure/axis_text.hpp>

namespace wideproof::report {
namespace {

/// By the last part of a key; docs/notation.md.
constexpr std::array<std::pair<const char*, const char*>, 7> symbols = {{
    {"active_fraction", "f"},
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

/// The parts of an inline table without tables in it, `{a = 1, b = "c"}`; none of other text.
std::vector<std::pair<std::string, std::string>> parts_of(const std::string& value) {
  if (value.size() < 2 || value.front() != '{' || value.back() != '}') return {};
  std::vector<std::pair<std::string, std::string>> parts;
  std::string part;
  bool in_quotes = false;
  const auto trimmed = [](std::string text) {
    boost::algorithm::trim(text);
    return text;
  };
  for (const char c : value.substr(1, value.size() - 2) + ",") {
    if (c == '"') in_quotes = !in_quotes;
    if (!in_quotes && (c == '{' || c == '[')) return {};
    if (in_quotes || c != ',') {
      part += c;
      continue;
    }
    const auto equals = part.find('=');
    if (equals == std::string::npos) return {};
    parts.emplace_back(trimmed(part.substr(0, equals)), trimmed(part.substr(equals + 1)));
    part.clear();
  }
  return parts;
}

/// Texts as they are, then numbers by their symbols.
std::string table_in_words(const std::string& value) {
  std::string texts;
  std::string numbers;
  for (const auto& [key, text] : parts_of(value)) {
    const auto number = compare::as_number(text);
    if (number)
      numbers += fmt::format(" {} = {:.4g}", symbol_of(key), *number);
    else if (text.size() > 1 && text.front() == '"')
      texts += fmt::format(" {}", text.substr(1, text.size() - 2));
    else
      numbers += fmt::format(" {} = {}", symbol_of(key), text);
  }
  const std::string words = texts + numbers;
  return words.empty() ? value : words.substr(1);
}

}  // namespace

std::string key_in_words(const std::string& key) {
  std::string name = key.substr(key.rfind('.') + 1);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string short_key(const compare::SweepResult& sweep, std::size_t key) {
  const std::string& full = sweep.keys[key];
  std::string symbol = symbol_of(full);
  const auto namesakes =
      std::count_if(sweep.keys.begin(), sweep.keys.end(),
                    [&](const std::string& other) { return symbol_of(other) == symbol; });
  const auto dot = full.rfind('.');
  if (namesakes < 2 || dot == std::string::npos) return symbol;
  return key_in_words(full.substr(0, dot)) + " " + symbol;
}

bool varies(const compare::SweepResult& sweep, std::size_t key) {
  return std::any_of(sweep.points.begin(), sweep.points.end(),
                     [&](const compare::SweepPoint& point) {
                       return point.values[key] != sweep.points.front().values[key];
                     });
}

std::string shortened(const std::string& value) {
  const auto number = compare::as_number(value);
  return number ? fmt::format("{:.4g}", *number) : table_in_words(value);
}

std::string short_value(const compare::SweepResult& sweep, std::size_t point, std::size_t key) {
  return shortened(sweep.points[point].values[key]);
}

std::string short_name(const compare::SweepResult& sweep, std::size_t point) {
  std::string name;
  for (std::size_t key = 0; key < sweep.keys.size(); ++key)
    name += fmt::format("{}{} = {}", key == 0 ? "" : ", ", short_key(sweep, key),
                        short_value(sweep, point, key));
  return name;
}

CurveName value_name(const compare::SweepResult& sweep, std::size_t point, std::size_t key) {
  const std::string called = short_key(sweep, key);
  const std::string value = short_value(sweep, point, key);
  const bool is_symbol = called != key_in_words(sweep.keys[key]);
  return {fmt::format("{} = {}", called, value),
          fmt::format("{} = {}", is_symbol ? fmt::format("{{/:Italic {}}}", called) : shown(called),
                      shown(value))};
}

CurveName curve_name(const compare::SweepResult& sweep, std::size_t point) {
  CurveName name;
  std::size_t varying = 0;
  for (std::size_t key = 0; key < sweep.keys.size(); ++key)
    if (varies(sweep, key)) ++varying;
  for (std::size_t key = 0; key < sweep.keys.size(); ++key) {
    if (varying > 0 && !varies(sweep, key)) continue;
    const CurveName part = value_name(sweep, point, key);
    const char* between = name.plain.empty() ? "" : ", ";
    name.plain += between + part.plain;
    name.enhanced += between + part.enhanced;
  }
  return name;
}

}  // namespace wideproof::report
