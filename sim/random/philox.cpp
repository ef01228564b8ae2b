// SPDX-License-Identifier: MIT
#include <wideproof/sim/random/philox.hpp>

#include <algorithm>
#include <stdexcept>

#include <Random123/philox.h>

namespace wideproof::sim {

PhiloxOrigin::PhiloxOrigin(const StreamName& name)
    : key{static_cast<std::uint32_t>(name.seed), static_cast<std::uint32_t>(name.seed >> 32)},
      counter{0, name.replicate, name.width,
              (static_cast<std::uint32_t>(name.purpose) << 24) | name.layer} {
  if (name.layer >= (1U << 24)) throw std::logic_error("Philox: layer does not fit 24 bits");
}

void Philox::refill() {
  // 2^34 words more would wrap the block counter and repeat the stream.
  if (blocks_used_ + blocks_at_once > (std::uint64_t{1} << 32)) {
    throw std::length_error("Philox: a stream's 2^34 numbers are used up");
  }
  const r123::Philox4x32 generator;
  const r123::Philox4x32::key_type key = {{origin_.key[0], origin_.key[1]}};
  for (std::size_t block = 0; block < blocks_at_once; ++block) {
    const r123::Philox4x32::ctr_type counter = {
        {origin_.counter[0], origin_.counter[1], origin_.counter[2], origin_.counter[3]}};
    const auto words = generator(counter, key);
    std::copy(words.begin(), words.end(), words_.begin() + 4 * block);
    ++origin_.counter[0];
  }
  blocks_used_ += blocks_at_once;
  next_ = 0;
}

}  // namespace wideproof::sim
