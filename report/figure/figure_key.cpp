// SPDX-License-Identifier: MIT
#include <wideproof/report/figure/figure_key.hpp>

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include <wideproof/report/shown_length.hpp>

namespace wideproof::report {
namespace {

/// The most characters of an entry where four, two or one stand in a row.
constexpr std::size_t fits_four = 3;
constexpr std::size_t fits_two = 14;
constexpr std::size_t fits_one = 30;
constexpr std::size_t most_long_names = 3;

/// A line of the key over the width of a figure, in the larger of the two formats.
constexpr double line_height = 0.055;

}  // namespace

FigureKey figure_key(const std::vector<CurveName>& curves, const std::vector<std::string>& others) {
  FigureKey key;
  std::size_t longest = 0;
  for (const CurveName& curve : curves) longest = std::max(longest, shown_length(curve.plain));
  const bool is_numbered =
      longest > fits_one || (longest > fits_two && curves.size() > most_long_names);
  if (is_numbered) longest = 1;
  for (const std::string& other : others) longest = std::max(longest, shown_length(other));
  std::size_t entries = others.size();
  for (std::size_t i = 0; i < curves.size(); ++i) {
    key.titles.push_back(is_numbered ? fmt::format("{}", i + 1) : curves[i].enhanced);
    if (is_numbered)
      key.names += fmt::format("{}{}: {}", i == 0 ? " " : "; ", i + 1, curves[i].plain);
    if (!key.titles.back().empty()) ++entries;
  }
  if (is_numbered) key.names += ".";
  if (entries == 0) return {key.titles, "", "unset key\n", 0.0};
  const std::size_t columns = longest <= fits_four ? 4 : longest <= fits_two ? 2 : 1;
  const std::size_t rows = (entries + columns - 1) / columns;
  key.commands = fmt::format(
      "set key outside top center horizontal Left reverse width 1 maxcols {} maxrows {}\n", columns,
      rows);
  key.height = line_height * static_cast<double>(rows);
  return key;
}

}  // namespace wideproof::report
