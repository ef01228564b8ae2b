// SPDX-License-Identifier: MIT
#include <wideproof/sim/random/random_order.hpp>

#include <numeric>
#include <utility>

#include <wideproof/sim/random/normal_groups.hpp>
#include <wideproof/sim/random/philox.hpp>

namespace wideproof::sim {

std::vector<std::int64_t> random_order(const StreamName& name, std::int64_t number,
                                       std::int64_t size) {
  const PhiloxOrigin origin(name);
  const std::int64_t groups = (size + words_in_group - 1) / words_in_group;
  std::vector<std::uint32_t> words(static_cast<std::size_t>(groups * words_in_group));
  for (std::int64_t group = 0; group < groups; ++group) {
    group_words(origin, static_cast<std::uint32_t>((number * groups + group) * blocks_in_group),
                words.data() + group * words_in_group);
  }
  std::vector<std::int64_t> order(static_cast<std::size_t>(size));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i > 1; --i) {
    const auto other = static_cast<std::size_t>(std::uint64_t{words[i - 1]} * i >> 32);
    std::swap(order[i - 1], order[other]);
  }
  return order;
}

std::vector<double> balanced_signs(const StreamName& name, std::int64_t size) {
  std::vector<double> signs;
  for (const auto place : random_order(name, 0, size)) signs.push_back(place % 2 == 0 ? 1 : -1);
  return signs;
}

}  // namespace wideproof::sim
