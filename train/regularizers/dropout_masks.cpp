// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/dropout_masks.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <ATen/Dispatch.h>
#include <ATen/core/Tensor.h>

#include <wideproof/sim/random/normal_groups.hpp>
#include <wideproof/sim/random/philox.hpp>

namespace wideproof::train {
namespace {

constexpr std::int64_t blocks_of_stream = std::int64_t{1} << 32;

}  // namespace

DropoutMasks::DropoutMasks(const sim::NetworkId& id, double chance,
                           const std::vector<std::int64_t>& widths, std::int64_t most_inputs)
    : id_(id), chance_(chance), layers_(static_cast<std::int64_t>(widths.size())) {
  const std::int64_t widest = *std::max_element(widths.begin(), widths.end());
  blocks_of_row_ = (widest + sim::words_in_group - 1) / sim::words_in_group * sim::blocks_in_group;
  blocks_of_step_ = blocks_of_row_ * most_inputs;
  steps_of_stream_ = std::max<std::int64_t>(1, blocks_of_stream / blocks_of_step_);
}

void DropoutMasks::draw(std::int64_t step, std::size_t layer, std::int64_t first,
                        const at::Tensor& mask) const {
  const std::int64_t stream = step / steps_of_stream_ * layers_ + static_cast<std::int64_t>(layer);
  const sim::PhiloxOrigin origin(stream_name(id_, sim::Purpose::dropout, stream));
  const std::int64_t of_step = step % steps_of_stream_ * blocks_of_step_;
  const auto dropped_below = static_cast<std::uint64_t>(std::ldexp(chance_, 32));
  const double kept = 1 / (1 - chance_);
  std::array<std::uint32_t, sim::words_in_group> words;
  AT_DISPATCH_FLOATING_TYPES(mask.scalar_type(), "DropoutMasks", [&] {
    for (std::int64_t row = 0; row < mask.size(0); ++row) {
      auto* out = mask.data_ptr<scalar_t>() + row * mask.stride(0);
      auto block = of_step + (first + row) * blocks_of_row_;
      for (std::int64_t i = 0; i < mask.size(1); i += sim::words_in_group) {
        sim::group_words(origin, static_cast<std::uint32_t>(block), words.data());
        block += sim::blocks_in_group;
        const std::int64_t end = std::min<std::int64_t>(sim::words_in_group, mask.size(1) - i);
        for (std::int64_t j = 0; j < end; ++j) {
          const bool drops = words[static_cast<std::size_t>(j)] < dropped_below;
          out[i + j] = static_cast<scalar_t>(drops ? 0 : kept);
        }
      }
    }
  });
}

}  // namespace wideproof::train
