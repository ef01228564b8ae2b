// SPDX-License-Identifier: MIT
#include <wideproof/sim/random/normal_stream.hpp>

#include <algorithm>
#include <stdexcept>

#include <wideproof/sim/random/normal_groups.hpp>

namespace wideproof::sim {
namespace {

constexpr std::uint64_t groups_in_stream = (std::uint64_t{1} << 32) / blocks_in_group;

template <class Real>
void draw_from(const PhiloxOrigin& origin, std::uint64_t first, std::int64_t count, Real* out) {
  constexpr std::int64_t in_group = normals_in_group<Real>;
  constexpr std::uint64_t in_stream = groups_in_stream * in_group;
  if (count < 0) throw std::invalid_argument("NormalStream: count must not be negative");
  if (first > in_stream || static_cast<std::uint64_t>(count) > in_stream - first) {
    throw std::length_error("NormalStream: a stream's 2^32 blocks are used up");
  }
  auto group = first / in_group;
  auto skip = static_cast<std::int64_t>(first % in_group);
  const auto first_block = [&] { return static_cast<std::uint32_t>(group * blocks_in_group); };
  while (count > 0) {
    std::int64_t written;
    if (skip == 0 && count >= in_group) {
      const std::int64_t whole = count / in_group;
      draw_groups(origin, first_block(), whole, out);
      group += static_cast<std::uint64_t>(whole);
      written = whole * in_group;
    } else {
      Real normals[in_group];
      draw_groups(origin, first_block(), 1, normals);
      written = std::min(count, in_group - skip);
      std::copy_n(normals + skip, written, out);
      ++group;
      skip = 0;
    }
    out += written;
    count -= written;
  }
}

}  // namespace

void NormalStream::draw(std::uint64_t first, std::int64_t count, float* out) const {
  draw_from(origin_, first, count, out);
}
void NormalStream::draw(std::uint64_t first, std::int64_t count, double* out) const {
  draw_from(origin_, first, count, out);
}

}  // namespace wideproof::sim
