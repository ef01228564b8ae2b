// SPDX-License-Identifier: MIT
#include <wideproof/sim/projection/deficit_kernels.hpp>

#include <algorithm>
#include <cmath>

// Highway compiles what stands between its namespaces once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "wideproof/sim/projection/deficit_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace wideproof::sim {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::ScalableTag<double>;
using Floats = hn::Rebind<float, Doubles>;
constexpr Doubles doubles;
constexpr Floats floats;

HWY_INLINE hn::Vec<Doubles> load_as_double(const float* x) {
  return hn::PromoteTo(doubles, hn::LoadU(floats, x));
}
HWY_INLINE hn::Vec<Doubles> load_as_double(const double* x) {
  return hn::LoadU(doubles, x);
}
HWY_INLINE void store_from_double(hn::Vec<Doubles> values, float* x) {
  hn::StoreU(hn::DemoteTo(floats, values), floats, x);
}
HWY_INLINE void store_from_double(hn::Vec<Doubles> values, double* x) {
  hn::StoreU(values, doubles, x);
}

template <class Real>
HWY_INLINE double scalar_deficit(Real x, double top, bool is_signed) {
  return top - static_cast<double>(is_signed ? std::abs(x) : x);
}

template <class Real>
double largest(const Real* x, std::int64_t size, bool is_signed) {
  const hn::ScalableTag<Real> tag;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(tag));
  Real top = is_signed ? std::abs(x[0]) : x[0];
  std::int64_t i = 0;
  if (size >= lanes) {
    auto most = hn::Set(tag, top);
    for (; i + lanes <= size; i += lanes) {
      const auto values = hn::LoadU(tag, x + i);
      most = hn::Max(most, is_signed ? hn::Abs(values) : values);
    }
    top = hn::GetLane(hn::MaxOfLanes(tag, most));
  }
  for (; i < size; ++i) top = std::max(top, is_signed ? std::abs(x[i]) : x[i]);
  return static_cast<double>(top);
}

template <class Real>
SupportSums sums(const Real* x, std::int64_t size, double top, double a, bool is_signed) {
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(doubles));
  const auto from = hn::Set(doubles, top);
  const auto to = hn::Set(doubles, a);
  auto sum = hn::Zero(doubles);
  auto squares = hn::Zero(doubles);
  auto most = hn::Zero(doubles);
  SupportSums total;
  std::int64_t i = 0;
  for (; i + lanes <= size; i += lanes) {
    const auto values = load_as_double(x + i);
    const auto deficit = hn::Sub(from, is_signed ? hn::Abs(values) : values);
    const auto is_in = hn::Lt(deficit, to);
    const auto own = hn::IfThenElseZero(is_in, deficit);
    total.count += static_cast<std::int64_t>(hn::CountTrue(doubles, is_in));
    sum = hn::Add(sum, own);
    squares = hn::MulAdd(own, own, squares);
    most = hn::Max(most, own);
  }
  total.sum = hn::GetLane(hn::SumOfLanes(doubles, sum));
  total.squares = hn::GetLane(hn::SumOfLanes(doubles, squares));
  total.largest = hn::GetLane(hn::MaxOfLanes(doubles, most));
  for (; i < size; ++i) {
    const double deficit = scalar_deficit(x[i], top, is_signed);
    if (deficit < a) total.add(deficit);
  }
  return total;
}

template <class Real>
void scale(Real* x, std::int64_t size, double top, double a, double beta, bool is_signed) {
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(doubles));
  const auto from = hn::Set(doubles, top);
  const auto to = hn::Set(doubles, a);
  const auto slope = hn::Set(doubles, beta);
  const auto zero = hn::Zero(doubles);
  std::int64_t i = 0;
  for (; i + lanes <= size; i += lanes) {
    const auto values = load_as_double(x + i);
    const auto deficit = hn::Sub(from, is_signed ? hn::Abs(values) : values);
    const auto above = hn::Mul(slope, hn::Sub(to, deficit));
    const auto own = is_signed ? hn::CopySign(above, values) : above;
    store_from_double(hn::IfThenElse(hn::Lt(deficit, to), own, zero), x + i);
  }
  for (; i < size; ++i) {
    const double deficit = scalar_deficit(x[i], top, is_signed);
    const auto above = static_cast<Real>(deficit < a ? beta * (a - deficit) : 0.0);
    x[i] = above > 0 && is_signed ? std::copysign(above, x[i]) : above;
  }
}

double largest_float(const float* x, std::int64_t size, bool is_signed) {
  return largest(x, size, is_signed);
}
double largest_double(const double* x, std::int64_t size, bool is_signed) {
  return largest(x, size, is_signed);
}
SupportSums sums_float(const float* x, std::int64_t size, double top, double a, bool is_signed) {
  return sums(x, size, top, a, is_signed);
}
SupportSums sums_double(const double* x, std::int64_t size, double top, double a, bool is_signed) {
  return sums(x, size, top, a, is_signed);
}
void scale_float(float* x, std::int64_t size, double top, double a, double beta, bool is_signed) {
  scale(x, size, top, a, beta, is_signed);
}
void scale_double(double* x, std::int64_t size, double top, double a, double beta, bool is_signed) {
  scale(x, size, top, a, beta, is_signed);
}

}  // namespace HWY_NAMESPACE
}  // namespace wideproof::sim
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace wideproof::sim {

HWY_EXPORT(largest_float);
HWY_EXPORT(largest_double);
HWY_EXPORT(sums_float);
HWY_EXPORT(sums_double);
HWY_EXPORT(scale_float);
HWY_EXPORT(scale_double);

double top_of(const float* x, std::int64_t size, bool is_signed) {
  return HWY_DYNAMIC_DISPATCH(largest_float)(x, size, is_signed);
}
double top_of(const double* x, std::int64_t size, bool is_signed) {
  return HWY_DYNAMIC_DISPATCH(largest_double)(x, size, is_signed);
}

SupportSums sums_below(const float* x, std::int64_t size, double top, double a, bool is_signed) {
  return HWY_DYNAMIC_DISPATCH(sums_float)(x, size, top, a, is_signed);
}
SupportSums sums_below(const double* x, std::int64_t size, double top, double a, bool is_signed) {
  return HWY_DYNAMIC_DISPATCH(sums_double)(x, size, top, a, is_signed);
}

void scale_below(float* x, std::int64_t size, double top, double a, double beta, bool is_signed) {
  HWY_DYNAMIC_DISPATCH(scale_float)(x, size, top, a, beta, is_signed);
}
void scale_below(double* x, std::int64_t size, double top, double a, double beta, bool is_signed) {
  HWY_DYNAMIC_DISPATCH(scale_double)(x, size, top, a, beta, is_signed);
}

}  // namespace wideproof::sim

#endif  // HWY_ONCE
