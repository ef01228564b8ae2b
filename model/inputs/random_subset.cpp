// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/random_subset.hpp>

#include <algorithm>
#include <unordered_map>

namespace wideproof::model {
namespace {

/// Uniform in [0, bound). Written out because the standard leaves its distributions' bits open.
std::int64_t uniform_below(boost::random::mt19937_64& engine, std::int64_t bound) {
  const auto n = static_cast<std::uint64_t>(bound);
  const std::uint64_t surplus = (0 - n) % n;  // 2^64 mod n: values that would favour the first ones
  std::uint64_t value = engine();
  while (value < surplus) value = engine();
  return static_cast<std::int64_t>(value % n);
}

}  // namespace

// A partial Fisher–Yates shuffle that stores only the places it has touched: the population may be
// a number read from a file.
std::vector<std::int64_t> random_subset(boost::random::mt19937_64& engine, std::int64_t population,
                                        std::int64_t count) {
  std::unordered_map<std::int64_t, std::int64_t> moved;
  const auto at = [&](std::int64_t place) {
    const auto found = moved.find(place);
    return found == moved.end() ? place : found->second;
  };
  std::vector<std::int64_t> chosen;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t j = i + uniform_below(engine, population - i);
    chosen.push_back(at(j));
    moved[j] = at(i);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace wideproof::model
