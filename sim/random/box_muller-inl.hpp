// SPDX-License-Identifier: MIT
// Box and Muller's normals from a group's words. Included once for each of Highway's targets.
#if defined(WIDEPROOF_SIM_BOX_MULLER_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef WIDEPROOF_SIM_BOX_MULLER_INL
#undef WIDEPROOF_SIM_BOX_MULLER_INL
#else
#define WIDEPROOF_SIM_BOX_MULLER_INL
#endif

#include <cmath>
#include <cstdint>

#include <hwy/highway.h>

#include <wideproof/sim/random/normal_groups.hpp>

HWY_BEFORE_NAMESPACE();
namespace wideproof::sim::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// a·b + c, rounded once on every target; slow where the processor has no instruction for it.
template <class V>
HWY_INLINE V fused(V a, V b, V c) {
#if HWY_NATIVE_FMA
  return hn::MulAdd(a, b, c);
#else
  const hn::DFromV<V> d;
  HWY_ALIGN hn::TFromD<decltype(d)> lanes[3][hn::MaxLanes(d)];
  hn::Store(a, d, lanes[0]);
  hn::Store(b, d, lanes[1]);
  hn::Store(c, d, lanes[2]);
  for (std::size_t i = 0; i < hn::Lanes(d); ++i) {
    lanes[0][i] = std::fma(lanes[0][i], lanes[1][i], lanes[2][i]);
  }
  return hn::Load(d, lanes[0]);
#endif
}

/// c₀ + c₁ x + c₂ x² + …
template <class V, class Real>
HWY_INLINE V polynomial(V, Real c0) {
  return hn::Set(hn::DFromV<V>(), c0);
}
template <class V, class Real, class... More>
HWY_INLINE V polynomial(V x, Real c0, Real c1, More... more) {
  return fused(x, polynomial(x, c1, more...), hn::Set(hn::DFromV<V>(), c0));
}

/// −2 ln(1 + t), cos(πx/2) and sin(πx/2) for 1 + t from √½ to √2 and |x| ≤ ½. The polynomials are
/// minimax fits in relative error (Remez's exchange), coefficients rounded to the type; each states
/// its error.
struct SinglePrecision {
  using Real = float;
  using Bits = std::uint32_t;
  static constexpr int fraction_bits = 23;
  static constexpr Bits sqrt_half = 0x3F3504F3;

  template <class V>
  static HWY_INLINE V minus_two_log1p(V t) {  // 2^-25.5
    const V q = polynomial(t, 0x1.ffffc8p-1F, -0x1.55579ap-1F, 0x1.000ef6p-1F, -0x1.98b56ap-2F,
                           0x1.51fc9ep-2F, -0x1.317162p-2F, 0x1.2cae46p-2F, -0x1.7675aap-3F);
    return fused(hn::Mul(t, t), q, hn::Mul(t, hn::Set(hn::DFromV<V>(), -2.0F)));
  }
  template <class V>
  static HWY_INLINE V cosine(V square) {  // 2^-31
    return polynomial(square, 1.0F, -0x1.3bd3ccp+0F, 0x1.03c1b0p-2F, -0x1.55b2b6p-6F,
                      0x1.d4f7eep-11F);
  }
  template <class V>
  static HWY_INLINE V sine_over_x(V square) {  // 2^-25.1
    return polynomial(square, 0x1.921fb6p+0F, -0x1.4abc24p-1F, 0x1.4680a4p-4F, -0x1.33198ep-8F);
  }
};

struct DoublePrecision {
  using Real = double;
  using Bits = std::uint64_t;
  static constexpr int fraction_bits = 52;
  static constexpr Bits sqrt_half = 0x3FE6A09E667F3BCD;

  template <class V>
  static HWY_INLINE V minus_two_log1p(V t) {  // −4 artanh f, f = t/(2 + t): 2^-59.5
    const hn::DFromV<V> d;
    const V f = hn::Div(t, hn::Add(t, hn::Set(d, 2.0)));
    const V square = hn::Mul(f, f);
    const V r = polynomial(square, -0x1.5555555555592p+0, -0x1.999999997ff4ep-1,
                           -0x1.24924941dd2f0p-1, -0x1.c71c52181bf7dp-2, -0x1.74663c1ee6b6dp-2,
                           -0x1.39a1fd88f2b6bp-2, -0x1.2f02ee6ef5cf5p-2);
    return fused(hn::Mul(f, square), r, hn::Mul(f, hn::Set(d, -4.0)));
  }
  template <class V>
  static HWY_INLINE V cosine(V square) {  // 2^-61.5
    return polynomial(square, 1.0, -0x1.3bd3cc9be45dep+0, 0x1.03c1f081b5a52p-2,
                      -0x1.55d3c7e3bfe56p-6, 0x1.e1f50675b20c5p-11, -0x1.a6d1e238eddcdp-16,
                      0x1.f9c4adbfb5a27p-22, -0x1.b0345e5a5d691p-28);
  }
  template <class V>
  static HWY_INLINE V sine_over_x(V square) {  // 2^-54.5
    return polynomial(square, 0x1.921fb54442d18p+0, -0x1.4abbce625bd7ep-1, 0x1.466bc677406bdp-4,
                      -0x1.32d2ccbf30031p-8, 0x1.5077fd5281690p-13, -0x1.e2b6f18be54bap-19,
                      0x1.aee278e1d4ac7p-25, 0x1.e20415c6448e6p-28);
  }
};

/// √(−2 ln u) for u = (high + low)/2^unit_bits < 1, where `high` is an integer: high/2^unit_bits −
/// 1 is exact, and adding `low` to it rounds once. So small radii are as accurate as large ones.
template <class P, int unit_bits, class V>
HWY_INLINE V radius(V high, V low) {
  using Bits = typename P::Bits;
  constexpr Bits one_exponent = Bits{1} << P::fraction_bits;
  const hn::DFromV<V> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const hn::RebindToSigned<decltype(d)> di;
  // u = 2^exponent (1 + t)
  const auto above = hn::Sub(hn::BitCast(du, hn::Add(high, low)),
                             hn::Set(du, P::sqrt_half + unit_bits * one_exponent));
  const V exponent = hn::ConvertTo(d, hn::ShiftRight<P::fraction_bits>(hn::BitCast(di, above)));
  const auto one = hn::BitCast(du, hn::Set(d, typename P::Real{1}));
  const V scale = hn::BitCast(d, hn::Sub(hn::Sub(one, hn::Set(du, unit_bits * one_exponent)),
                                         hn::And(above, hn::Set(du, ~(one_exponent - 1)))));
  const V t = fused(low, scale, fused(high, scale, hn::Set(d, typename P::Real{-1})));
  const auto minus_two_log_two = static_cast<typename P::Real>(-1.3862943611198906);
  return hn::Sqrt(fused(exponent, hn::Set(d, minus_two_log_two), P::minus_two_log1p(t)));
}

/// radius · (±cos(πx/2), sin(πx/2)), or these two swapped.
template <class P, class V, class VU, class M>
HWY_INLINE void rotate(V radius, V x, VU sign, M swap, V& first, V& second) {
  const hn::DFromV<V> d;
  const V square = hn::Mul(x, x);
  const V cosine = hn::Xor(P::cosine(square), hn::BitCast(d, sign));
  const V sine = hn::Mul(x, P::sine_over_x(square));
  first = hn::Mul(radius, hn::IfThenElse(swap, sine, cosine));
  second = hn::Mul(radius, hn::IfThenElse(swap, cosine, sine));
}

HWY_INLINE void normals_of(const std::uint32_t* HWY_RESTRICT words, float* HWY_RESTRICT normals) {
  const hn::CappedTag<float, blocks_in_group> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const hn::RebindToSigned<decltype(d)> di;
  using V = hn::Vec<decltype(d)>;
  for (int pair = 0; pair < 2; ++pair) {
    for (int lane = 0; lane < blocks_in_group; lane += static_cast<int>(hn::Lanes(d))) {
      const int at = 2 * pair * blocks_in_group + lane;
      const auto v = hn::LoadU(du, words + at);
      const auto w = hn::LoadU(du, words + at + blocks_in_group);
      const V high = hn::ConvertTo(d, hn::BitCast(di, hn::ShiftRight<8>(v)));
      const auto tail =
          hn::Or(hn::And(hn::ShiftLeft<8>(v), hn::Set(du, 0xFF00)), hn::And(w, hn::Set(du, 0xFF)));
      const V low = fused(hn::ConvertTo(d, hn::BitCast(di, tail)), hn::Set(d, 0x1p-16F),
                          hn::Set(d, 0x1p-17F));
      const auto fraction =
          hn::Or(hn::And(hn::ShiftRight<7>(w), hn::Set(du, 0x7FFFFE)), hn::Set(du, 0x3F800001));
      const V x = hn::Sub(hn::BitCast(d, fraction), hn::Set(d, 1.5F));
      const auto sign = hn::And(w, hn::Set(du, 0x80000000));
      const auto swap = hn::RebindMask(d, hn::TestBit(w, hn::Set(du, 0x40000000)));
      V first, second;
      rotate<SinglePrecision>(radius<SinglePrecision, 24>(high, low), x, sign, swap, first, second);
      hn::StoreU(first, d, normals + at);
      hn::StoreU(second, d, normals + at + blocks_in_group);
    }
  }
}

HWY_INLINE void normals_of(const std::uint32_t* HWY_RESTRICT words, double* HWY_RESTRICT normals) {
  const hn::CappedTag<double, blocks_in_group> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const hn::Rebind<std::uint32_t, decltype(d)> d32;
  using V = hn::Vec<decltype(d)>;
  for (int lane = 0; lane < blocks_in_group; lane += static_cast<int>(hn::Lanes(d))) {
    const auto word = [&](int index) HWY_ATTR {
      return hn::PromoteTo(du, hn::LoadU(d32, words + index * blocks_in_group + lane));
    };
    const auto real = [&](int index) HWY_ATTR {  // the bits above an integer below 2^52 are 2^52's
      const V shifted = hn::BitCast(d, hn::Or(word(index), hn::Set(du, 0x4330000000000000)));
      return hn::Sub(shifted, hn::Set(d, 0x1p52));
    };
    const V low = fused(real(1), hn::Set(d, 0x1p-32), hn::Set(d, 0x1p-33));
    const auto angle = hn::Or(hn::ShiftLeft<32>(word(2)), word(3));
    const auto fraction = hn::Or(hn::And(hn::ShiftRight<10>(angle), hn::Set(du, 0xFFFFFFFFFFFFE)),
                                 hn::Set(du, 0x3FF0000000000001));
    const V x = hn::Sub(hn::BitCast(d, fraction), hn::Set(d, 1.5));
    const auto sign = hn::And(angle, hn::Set(du, 0x8000000000000000));
    const auto swap = hn::RebindMask(d, hn::TestBit(angle, hn::Set(du, 0x4000000000000000)));
    V first, second;
    rotate<DoublePrecision>(radius<DoublePrecision, 32>(real(0), low), x, sign, swap, first,
                            second);
    hn::StoreU(first, d, normals + lane);
    hn::StoreU(second, d, normals + lane + blocks_in_group);
  }
}

}  // namespace wideproof::sim::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
