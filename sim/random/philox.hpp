// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <wideproof/sim/random/stream_name.hpp>

namespace wideproof::sim {

/// Where a stream begins: Philox4x32's key and the counter of the stream's block 0.
///
/// The name is written into both without hashing: the key is the seed, the counter's words are
/// (block, replicate, width, purpose·2²⁴ + layer). So no two streams can collide, and each holds
/// 2³² blocks of four 32-bit words.
struct PhiloxOrigin {
  /// Throws std::logic_error if the layer does not fit.
  explicit PhiloxOrigin(const StreamName& name);

  std::array<std::uint32_t, 2> key;
  std::array<std::uint32_t, 4> counter;
};

/// Philox4x32-10 (Salmon et al. 2011, from Random123) as a random engine of the C++ standard's and
/// Boost.Random's concept: the reference for the lanes that NormalStream draws from.
class Philox {
 public:
  using result_type = std::uint32_t;

  explicit Philox(const StreamName& name) : origin_(name) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() {
    if (next_ == words_.size()) refill();
    return words_[next_++];
  }

 private:
  static constexpr std::size_t blocks_at_once = 16;

  void refill();

  PhiloxOrigin origin_;
  std::array<std::uint32_t, 4 * blocks_at_once> words_{};
  std::size_t next_ = 4 * blocks_at_once;
  std::uint64_t blocks_used_ = 0;
};

}  // namespace wideproof::sim
