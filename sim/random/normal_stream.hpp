// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/sim/random/philox.hpp>

namespace wideproof::sim {

/// The standard normals of one stream, by number: any of them can be drawn without those before it.
///
/// Box and Muller's transform (1958) of Philox blocks w₀ w₁ w₂ w₃: two words v, w make two normals
///
///     r (σ cos(πx/2), sin(πx/2)),   r = √(−2 ln u),
///
/// in this order, or swapped if w's second highest bit is set; σ is −1 if its highest bit is, or 1.
///
///     float:   v = w₀, w = w₁, and again v = w₂, w = w₃
///              u = (2⁸ v + (w mod 2⁸) + ½)/2⁴⁰        x = (⌊w/2⁸⌋ mod 2²² + ½)/2²² − ½
///     double:  v = 2³² w₀ + w₁, w = 2³² w₂ + w₃
///              u = (v + ½)/2⁶⁴                        x = (⌊w/2¹¹⌋ mod 2⁵¹ + ½)/2⁵¹ − ½
///
/// So the largest value is √(2·41 ln 2) = 7.54 for float, √(2·65 ln 2) = 9.49 for double, and none
/// is zero. Each normal lies within 5 units in the last place of this mapping (the most seen in
/// 2·10⁸ is 3.6 for float, 3.9 for double).
///
/// 32 blocks are a group. Its normals stand by word first and by block second: number 32 k + b
/// of a group belongs to block b; k = 0, 1 are the first and the second normal of the first two
/// words, k = 2, 3 those of the other two (float only). Neither order nor bits depend on the
/// processor.
///
/// A stream holds 2³⁴ normals in float and 2³³ in double, which are others. Drawing beyond them
/// throws std::length_error, since the block counter would wrap.
class NormalStream {
 public:
  static constexpr std::uint64_t float_normals = std::uint64_t{1} << 34;
  static constexpr std::uint64_t double_normals = std::uint64_t{1} << 33;

  explicit NormalStream(const StreamName& name) : origin_(name) {}

  /// Writes the stream's normals number first … first + count − 1.
  void draw(std::uint64_t first, std::int64_t count, float* out) const;
  void draw(std::uint64_t first, std::int64_t count, double* out) const;

 private:
  PhiloxOrigin origin_;
};

}  // namespace wideproof::sim
