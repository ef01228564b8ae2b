// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/point_styles.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/shown_length.hpp>
#include <wideproof/report/sweep/names.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_of_one_colour_each = 8;
constexpr std::size_t most_colours = 8;
constexpr std::size_t most_markers = 4;
constexpr std::size_t most_in_a_grid = 16;
constexpr std::size_t longest_beside_another = 14;  ///< two columns of the key
constexpr double height_of_an_entry = 0.055;        ///< over the width of a figure

/// gnuplot's point types: disc, square, triangle, diamond; one less is hollow. After line types.
constexpr std::array<int, most_markers> point_types = {7, 5, 9, 13};
constexpr std::array<int, most_colours> types_of_lines = {7, 5, 9, 13, 11, 7, 5, 9};

struct Value {
  std::string text;
  CurveName name;
};

/// The values of a key, by first appearance.
std::vector<Value> values_of(const compare::SweepResult& sweep,
                             const std::vector<std::size_t>& points, std::size_t key) {
  std::vector<Value> values;
  for (const std::size_t point : points) {
    const std::string& text = sweep.points[point].values[key];
    if (std::none_of(values.begin(), values.end(),
                     [&](const Value& known) { return known.text == text; }))
      values.push_back({text, value_name(sweep, point, key)});
  }
  return values;
}

std::vector<Value> some_of(const std::vector<Value>& values, std::size_t most) {
  std::vector<Value> some;
  for (const std::size_t i : spread_out(values.size(), most)) some.push_back(values[i]);
  return some;
}

/// Its place from 1; 0 where it is not among them.
int place_of(const std::vector<Value>& values, const std::string& text) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i].text == text) return static_cast<int>(i) + 1;
  return 0;
}

std::size_t longest(const std::vector<CurveName>& names) {
  std::size_t length = 0;
  for (const CurveName& name : names) length = std::max(length, shown_length(name.plain));
  return length;
}

std::vector<CurveName> names_of(const std::vector<Value>& values) {
  std::vector<CurveName> names;
  for (const Value& value : values) names.push_back(value.name);
  return names;
}

/// `optimizer = sgd` as `optimizer` and `sgd`.
std::pair<CurveName, CurveName> parted(const CurveName& name) {
  constexpr std::string_view between = " = ";
  const auto plain = name.plain.find(between);
  const auto enhanced = name.enhanced.find(between);
  if (plain == std::string::npos || enhanced == std::string::npos) return {{}, name};
  return {
      {name.plain.substr(0, plain), name.enhanced.substr(0, enhanced)},
      {name.plain.substr(plain + between.size()), name.enhanced.substr(enhanced + between.size())}};
}

/// Leaves the values alone of names, and returns what they are of.
std::string take_off_key(std::vector<CurveName>& names) {
  const std::string key = parted(names.front()).first.plain;
  for (CurveName& name : names) name = parted(name).second;
  return key;
}

}  // namespace

PointStyles::PointStyles(const compare::SweepResult& sweep, const std::vector<std::size_t>& points,
                         const std::vector<CurveName>& names, std::optional<StyledKeys> keys,
                         bool only_discs) {
  if (keys && take_grid(sweep, points, *keys)) return;
  for (const std::size_t i : spread_out(points.size(), most_of_one_colour_each)) {
    drawn_.push_back(i);
    styles_.push_back({static_cast<int>(drawn_.size()), only_discs ? 1 : 0});
    colours_.push_back(names[i]);
  }
}

bool PointStyles::take_grid(const compare::SweepResult& sweep,
                            const std::vector<std::size_t>& points, StyledKeys keys) {
  const std::vector<Value> all_markers = values_of(sweep, points, keys.marker);
  const std::vector<Value> all_colours = values_of(sweep, points, keys.colour);
  if (all_markers.size() < 2 || all_colours.size() < 2) return false;
  if (all_markers.size() + all_colours.size() > points.size()) return false;
  const std::vector<Value> markers = some_of(all_markers, most_markers);
  const std::vector<Value> colours =
      some_of(all_colours, std::min(most_colours, most_in_a_grid / markers.size()));
  for (std::size_t i = 0; i < points.size(); ++i) {
    const compare::SweepPoint& point = sweep.points[points[i]];
    const Style style{place_of(colours, point.values[keys.colour]),
                      place_of(markers, point.values[keys.marker])};
    if (style.colour == 0 || style.marker == 0) continue;
    drawn_.push_back(i);
    styles_.push_back(style);
  }
  colours_ = names_of(colours);
  markers_ = names_of(markers);
  if (std::max(longest(colours_), longest(markers_)) > longest_beside_another) {
    const std::string of_colours = take_off_key(colours_);
    const std::string of_markers = take_off_key(markers_);
    meaning_ =
        fmt::format(" Colours tell the {}, marks and dashes the {}.", of_colours, of_markers);
  }
  return true;
}

std::string PointStyles::line(std::size_t i) const {
  const Style& style = styles_[i];
  return fmt::format("lt {}", style.colour) +
         (style.marker > 0 ? fmt::format(" dt {}", style.marker) : "");
}

std::string PointStyles::dot(std::size_t i, bool is_hollow) const {
  const Style& style = styles_[i];
  if (style.marker == 0 && !is_hollow) return fmt::format("lt {}", style.colour);
  const int type = style.marker > 0 ? point_types[static_cast<std::size_t>(style.marker) - 1]
                                    : types_of_lines[static_cast<std::size_t>(style.colour - 1)];
  return fmt::format("lt {} pt {}", style.colour, is_hollow ? type - 1 : type);
}

FigureKey PointStyles::key(const std::vector<std::string>& others) const {
  if (markers_.empty()) return figure_key(colours_, others);
  FigureKey key;
  key.names = meaning_;
  const bool beside =
      std::max(longest(colours_), longest(markers_)) <= longest_beside_another && others.empty();
  const std::size_t entries = colours_.size() + markers_.size() + others.size();
  const std::size_t rows = beside ? std::max(colours_.size(), markers_.size()) : entries;
  key.commands = fmt::format(
      "set key outside top center vertical Left reverse width 1 maxcols {} maxrows {}\n",
      beside ? 2 : 1, rows);
  key.height = height_of_an_entry * static_cast<double>(rows);
  return key;
}

std::vector<std::string> PointStyles::entries(bool with_dots) const {
  std::vector<std::string> items;
  const char* with = with_dots ? "linespoints" : "lines";
  if (markers_.empty()) {
    const FigureKey named = figure_key(colours_);
    for (std::size_t i = 0; i < colours_.size(); ++i)
      if (!named.titles[i].empty())
        items.push_back(fmt::format("NaN with {} {} title '{}'", with, with_dots ? dot(i) : line(i),
                                    named.titles[i]));
    return items;
  }
  for (std::size_t i = 0; i < colours_.size(); ++i)
    items.push_back(
        fmt::format("NaN with lines lt {} lw 4 title '{}'", i + 1, colours_[i].enhanced));
  for (std::size_t i = colours_.size(); i < markers_.size(); ++i)
    items.emplace_back("NaN with dots lc rgb 'white' title ' '");  // the next column begins below
  for (std::size_t i = 0; i < markers_.size(); ++i)
    items.push_back(fmt::format("NaN with {} lc rgb '#555555' lw 2{} dt {} title '{}'", with,
                                with_dots ? fmt::format(" pt {}", point_types[i]) : "", i + 1,
                                markers_[i].enhanced));
  return items;
}

}  // namespace wideproof::report
