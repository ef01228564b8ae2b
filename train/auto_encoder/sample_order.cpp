// SPDX-License-Identifier: MIT
#include <wideproof/train/auto_encoder/sample_order.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <wideproof/sim/random/philox.hpp>

namespace wideproof::train {
namespace {

constexpr int shifts = 9;
/// Rows down and columns to the right.
constexpr std::array<std::pair<int, int>, shifts> moves = {
    {{0, 0}, {-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}}};

/// 0 … count − 1, equally likely to 2⁻³² count.
std::int64_t drawn_below(sim::Philox& words, std::int64_t count) {
  return static_cast<std::int64_t>(std::uint64_t{words()} * static_cast<std::uint64_t>(count) >>
                                   32);
}

}  // namespace

std::vector<DrawnSample> drawn_samples(const sim::NetworkId& id, std::int64_t epoch,
                                       std::int64_t samples, std::int64_t inputs, bool jitter) {
  sim::Philox words(stream_name(id, sim::Purpose::batches, epoch + 1));
  std::vector<DrawnSample> drawn(static_cast<std::size_t>(samples));
  for (auto& sample : drawn) {
    sample.input = drawn_below(words, inputs);
    sample.shift = jitter ? static_cast<int>(drawn_below(words, shifts)) : 0;
  }
  return drawn;
}

void shift_image(const float* image, std::int64_t side, int shift, float* moved) {
  const auto [down, right] = moves[static_cast<std::size_t>(shift)];
  for (std::int64_t row = 0; row < side; ++row) {
    const std::int64_t from = row - down;
    for (std::int64_t column = 0; column < side; ++column) {
      const std::int64_t across = column - right;
      const bool inside = from >= 0 && from < side && across >= 0 && across < side;
      moved[row * side + column] = inside ? image[from * side + across] : 0;
    }
  }
}

}  // namespace wideproof::train
