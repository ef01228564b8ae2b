// SPDX-License-Identifier: MIT
#include <wideproof/sim/philox.hpp>

#include <algorithm>
#include <stdexcept>

#include <Random123/philox.h>

namespace wideproof::sim {

Philox::Philox(const StreamName& name)
    : key_{static_cast<std::uint32_t>(name.seed), static_cast<std::uint32_t>(name.seed >> 32)},
      counter_{0, name.replicate, name.width,
               (static_cast<std::uint32_t>(name.purpose) << 24) | name.layer} {
  if (name.layer >= (1U << 24)) throw std::logic_error("Philox: layer does not fit 24 bits");
}

void Philox::refill() {
  // 2^34 words more would wrap the block counter and repeat the stream.
  if (blocks_used_ + blocks_at_once > (std::uint64_t{1} << 32)) {
    throw std::length_error("Philox: a stream's 2^34 numbers are used up");
  }
  const r123::Philox4x32 generator;
  const r123::Philox4x32::key_type key = {{key_[0], key_[1]}};
  for (std::size_t block = 0; block < blocks_at_once; ++block) {
    const r123::Philox4x32::ctr_type counter = {
        {counter_[0], counter_[1], counter_[2], counter_[3]}};
    const auto words = generator(counter, key);
    std::copy(words.begin(), words.end(), words_.begin() + 4 * block);
    ++counter_[0];
  }
  blocks_used_ += blocks_at_once;
  next_ = 0;
}

}  // namespace wideproof::sim
