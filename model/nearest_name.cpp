// SPDX-License-Identifier: MIT
#include <wideproof/model/nearest_name.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

namespace wideproof::model {
namespace {

/// No known name comes near this length, and the distance costs its square.
constexpr std::size_t longest_name = 100;

/// Optimal string alignment distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest_name(std::span<const std::string_view> candidates,
                                             std::string_view given) {
  if (given.size() > longest_name) return std::nullopt;
  std::optional<std::string_view> nearest;
  std::size_t smallest = longest_name;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(candidate, given);
    const std::size_t allowed =
        std::max<std::size_t>(1, std::max(candidate.size(), given.size()) / 3);
    if (distance <= allowed && distance < smallest) {
      nearest = candidate;
      smallest = distance;
    }
  }
  return nearest;
}

std::string did_you_mean(std::span<const std::string_view> candidates, std::string_view given) {
  const auto nearest = nearest_name(candidates, given);
  return nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : std::string();
}

}  // namespace wideproof::model
