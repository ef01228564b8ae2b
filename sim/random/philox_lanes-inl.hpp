// SPDX-License-Identifier: MIT
// Philox4x32-10 with one block in each 64-bit lane. Included once for each of Highway's targets.
#if defined(WIDEPROOF_SIM_PHILOX_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef WIDEPROOF_SIM_PHILOX_LANES_INL
#undef WIDEPROOF_SIM_PHILOX_LANES_INL
#else
#define WIDEPROOF_SIM_PHILOX_LANES_INL
#endif

#include <cstdint>

#include <hwy/highway.h>

#include <wideproof/sim/random/normal_groups.hpp>

HWY_BEFORE_NAMESPACE();
namespace wideproof::sim::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The low half of each 64-bit lane times a 32-bit number; the high half may hold anything.
template <class V>
HWY_INLINE V times(V words, V multiplier) {
#if HWY_TARGET == HWY_SCALAR
  const hn::DFromV<V> d;
  return hn::Set(d, (hn::GetLane(words) & 0xFFFFFFFF) * hn::GetLane(multiplier));
#else
  const hn::Repartition<std::uint32_t, hn::DFromV<V>> d32;
  return hn::MulEven(hn::BitCast(d32, words), hn::BitCast(d32, multiplier));
#endif
}

/// One round: (c₀, c₁, c₂, c₃) → (hi(M₁c₂)^c₁^k₀, lo(M₁c₂), hi(M₀c₀)^c₃^k₁, lo(M₀c₀)). Only the low
/// half of a lane counts, so that lo() costs nothing.
template <class V>
HWY_INLINE void philox_round(V key0, V key1, V& c0, V& c1, V& c2, V& c3) {
  const hn::DFromV<V> d;
  const V product0 = times(c0, hn::Set(d, std::uint64_t{0xD2511F53}));
  const V product1 = times(c2, hn::Set(d, std::uint64_t{0xCD9E8D57}));
  c0 = hn::Xor3(hn::ShiftRight<32>(product1), c1, key0);
  c2 = hn::Xor3(hn::ShiftRight<32>(product0), c3, key1);
  c1 = product1;
  c3 = product0;
}

/// The keys of the ten rounds.
struct RoundKeys {
  explicit RoundKeys(const PhiloxOrigin& origin) {
    std::uint32_t key0 = origin.key[0];
    std::uint32_t key1 = origin.key[1];
    for (int round = 0; round < 10; ++round) {
      first[round] = key0;
      second[round] = key1;
      key0 += 0x9E3779B9;
      key1 += 0xBB67AE85;
    }
  }
  std::uint64_t first[10];
  std::uint64_t second[10];
};

/// Writes the 32-bit words of lanes even₀ odd₀ even₁ odd₁ …
template <class V>
HWY_INLINE void store_interleaved(V even, V odd, std::uint32_t* HWY_RESTRICT to) {
#if HWY_TARGET == HWY_SCALAR
  to[0] = static_cast<std::uint32_t>(hn::GetLane(even));
  to[1] = static_cast<std::uint32_t>(hn::GetLane(odd));
#else
  const hn::Repartition<std::uint32_t, hn::DFromV<V>> d32;
  const auto odd_places = hn::BitCast(d32, hn::ShiftLeft<32>(odd));
  hn::StoreU(hn::OddEven(odd_places, hn::BitCast(d32, even)), d32, to);
#endif
}

/// Four vectors go through the rounds side by side, since each round waits for the one before: two
/// pairs a b and c d of even and odd blocks.
HWY_INLINE void philox_group(const PhiloxOrigin& origin, const RoundKeys& keys,
                             std::uint32_t first_block, std::uint32_t* HWY_RESTRICT words) {
  const hn::CappedTag<std::uint64_t, blocks_in_group / 4> d;
  using V = hn::Vec<decltype(d)>;
  const int pair = 2 * static_cast<int>(hn::Lanes(d));
  const V evens = hn::ShiftLeft<1>(hn::Iota(d, 0));
  for (int block = 0; block < blocks_in_group; block += 2 * pair) {
    const std::uint64_t first = std::uint64_t{first_block} + static_cast<unsigned>(block);
    V a0 = hn::Add(hn::Set(d, first), evens);
    V b0 = hn::Add(hn::Set(d, first + 1), evens);
    V c0 = hn::Add(hn::Set(d, first + static_cast<unsigned>(pair)), evens);
    V d0 = hn::Add(hn::Set(d, first + static_cast<unsigned>(pair) + 1), evens);
    V a1 = hn::Set(d, origin.counter[1]), b1 = a1, c1 = a1, d1 = a1;
    V a2 = hn::Set(d, origin.counter[2]), b2 = a2, c2 = a2, d2 = a2;
    V a3 = hn::Set(d, origin.counter[3]), b3 = a3, c3 = a3, d3 = a3;
    HWY_UNROLL(10)
    for (int round = 0; round < 10; ++round) {
      const V key0 = hn::Set(d, keys.first[round]);
      const V key1 = hn::Set(d, keys.second[round]);
      philox_round(key0, key1, a0, a1, a2, a3);
      philox_round(key0, key1, b0, b1, b2, b3);
      philox_round(key0, key1, c0, c1, c2, c3);
      philox_round(key0, key1, d0, d1, d2, d3);
    }
    std::uint32_t* const ab = words + block;
    std::uint32_t* const cd = ab + pair;
    store_interleaved(a0, b0, ab);
    store_interleaved(a1, b1, ab + blocks_in_group);
    store_interleaved(a2, b2, ab + 2 * blocks_in_group);
    store_interleaved(a3, b3, ab + 3 * blocks_in_group);
    store_interleaved(c0, d0, cd);
    store_interleaved(c1, d1, cd + blocks_in_group);
    store_interleaved(c2, d2, cd + 2 * blocks_in_group);
    store_interleaved(c3, d3, cd + 3 * blocks_in_group);
  }
}

}  // namespace wideproof::sim::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
