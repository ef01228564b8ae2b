// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace wideproof::sim {

/// What a stream of random numbers serves. Two streams differ exactly where their names differ.
enum class Purpose : std::uint8_t { weights = 1, biases = 2 };

/// The name of a random stream: what it serves, never the thread or rank that draws it, so that a
/// run gives the same bits on any number of threads.
struct StreamName {
  std::uint64_t seed = 0;
  Purpose purpose = Purpose::weights;
  std::uint32_t width = 0;
  std::uint32_t replicate = 0;
  std::uint32_t layer = 0;  ///< below 2²⁴
};

/// Philox4x32-10 (Salmon et al. 2011, from Random123) as a random engine of the C++ standard's and
/// Boost.Random's concept.
///
/// The name is written into key and counter without hashing: the key is the seed, the counter's
/// words are (block, replicate, width, purpose·2²⁴ + layer). So no two streams can collide, and
/// each holds 2³² blocks of four 32-bit words.
class Philox {
 public:
  using result_type = std::uint32_t;

  explicit Philox(const StreamName& name);

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() {
    if (next_ == words_.size()) refill();
    return words_[next_++];
  }

 private:
  static constexpr std::size_t blocks_at_once = 16;

  void refill();

  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 4 * blocks_at_once> words_{};
  std::size_t next_ = 4 * blocks_at_once;
  std::uint64_t blocks_used_ = 0;
};

}  // namespace wideproof::sim
