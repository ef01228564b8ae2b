// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/row_kernels.hpp>

// Highway compiles what stands between its namespaces once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "wideproof/sim/numeric/row_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace wideproof::sim {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// `inside` has room for `count` numbers and a vector more; how many it got is returned in
/// `inside_count`.
template <class Real>
std::int64_t scan(const Real* x, std::int64_t count, Real low, Real high, Real* inside,
                  std::int64_t& inside_count) {
  const hn::ScalableTag<Real> tag;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(tag));
  const auto from = hn::Set(tag, low);
  const auto to = hn::Set(tag, high);
  std::int64_t below = 0;
  std::int64_t found = 0;
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto values = hn::LoadU(tag, x + i);
    const auto is_below = hn::Lt(values, from);
    const auto is_inside = hn::AndNot(is_below, hn::Le(values, to));
    below += static_cast<std::int64_t>(hn::CountTrue(tag, is_below));
    if (HWY_UNLIKELY(!hn::AllFalse(tag, is_inside))) {
      // A compressing store, which would write no more than it must, is slow on some processors.
      hn::StoreU(hn::Compress(values, is_inside), tag, inside + found);
      found += static_cast<std::int64_t>(hn::CountTrue(tag, is_inside));
    }
  }
  for (; i < count; ++i) {
    below += x[i] < low ? 1 : 0;
    if (x[i] >= low && x[i] <= high) inside[found++] = x[i];
  }
  inside_count = found;
  return below;
}

template <class Real>
std::int64_t positive(const Real* x, std::int64_t count) {
  const hn::ScalableTag<Real> tag;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(tag));
  const auto zero = hn::Zero(tag);
  std::int64_t found = 0;
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    found += static_cast<std::int64_t>(hn::CountTrue(tag, hn::Gt(hn::LoadU(tag, x + i), zero)));
  }
  for (; i < count; ++i) found += x[i] > 0 ? 1 : 0;
  return found;
}

template <class Real>
std::int64_t rectify(Real* x, std::int64_t count, Real threshold) {
  const hn::ScalableTag<Real> tag;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(tag));
  const auto zero = hn::Zero(tag);
  const auto subtrahend = hn::Set(tag, threshold);
  std::int64_t found = 0;
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto above = hn::Sub(hn::LoadU(tag, x + i), subtrahend);
    found += static_cast<std::int64_t>(hn::CountTrue(tag, hn::Gt(above, zero)));
    // Max() would make zero of not-a-number on some targets.
    hn::StoreU(hn::IfThenZeroElse(hn::Lt(above, zero), above), tag, x + i);
  }
  for (; i < count; ++i) {
    const Real above = x[i] - threshold;
    found += above > 0 ? 1 : 0;
    x[i] = above < 0 ? Real{0} : above;
  }
  return found;
}

template <class Real>
void step(const Real* x, std::int64_t count, Real threshold, Real* out) {
  const hn::ScalableTag<Real> tag;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(tag));
  const auto from = hn::Set(tag, threshold);
  const auto one = hn::Set(tag, Real{1});
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    hn::StoreU(hn::IfThenElseZero(hn::Gt(hn::LoadU(tag, x + i), from), one), tag, out + i);
  }
  for (; i < count; ++i) out[i] = x[i] > threshold ? Real{1} : Real{0};
}

template <class Real>
double magnitudes(const Real* x, std::int64_t count, Real weight, Real* magnitudes_of,
                  Real* squares_of) {
  const hn::ScalableTag<Real> tag;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(tag));
  const auto factor = hn::Set(tag, weight);
  auto even = hn::Zero(tag);
  auto odd = hn::Zero(tag);
  const auto take = [&](std::int64_t at) {
    const auto magnitude = hn::Abs(hn::LoadU(tag, x + at));
    const auto weighted = hn::Mul(factor, magnitude);
    hn::StoreU(hn::Add(weighted, hn::LoadU(tag, magnitudes_of + at)), tag, magnitudes_of + at);
    hn::StoreU(hn::MulAdd(weighted, magnitude, hn::LoadU(tag, squares_of + at)), tag,
               squares_of + at);
    return magnitude;
  };
  std::int64_t i = 0;
  for (; i + 2 * lanes <= count; i += 2 * lanes) {
    even = hn::Add(even, take(i));
    odd = hn::Add(odd, take(i + lanes));
  }
  auto sum = static_cast<double>(hn::GetLane(hn::SumOfLanes(tag, hn::Add(even, odd))));
  for (; i < count; ++i) {
    const Real magnitude = x[i] < 0 ? -x[i] : x[i];
    magnitudes_of[i] += weight * magnitude;
    squares_of[i] += weight * magnitude * magnitude;
    sum += static_cast<double>(magnitude);
  }
  return sum;
}

/// As many numbers as a vector of doubles has, of the one type or the other.
template <class Tag>
hn::Vec<Tag> load_wide(Tag tag, const float* x) {
  return hn::PromoteTo(tag, hn::LoadU(hn::Rebind<float, Tag>(), x));
}
template <class Tag>
hn::Vec<Tag> load_wide(Tag tag, const double* x) {
  return hn::LoadU(tag, x);
}

template <class Real>
void weighted(const Real* x, std::int64_t count, double weight, double* sums, double* squares) {
  const hn::ScalableTag<double> tag;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(tag));
  const auto factor = hn::Set(tag, weight);
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto values = load_wide(tag, x + i);
    const auto of_all = hn::Mul(factor, values);
    hn::StoreU(hn::Add(hn::LoadU(tag, sums + i), of_all), tag, sums + i);
    if (squares == nullptr) continue;
    hn::StoreU(hn::MulAdd(of_all, values, hn::LoadU(tag, squares + i)), tag, squares + i);
  }
  for (; i < count; ++i) {
    const auto value = static_cast<double>(x[i]);
    sums[i] += weight * value;
    if (squares != nullptr) squares[i] += weight * value * value;
  }
}

void larger_means(const double* sums, std::int64_t count, double parts, double* means,
                  double* sums_of, double* parts_of) {
  const hn::ScalableTag<double> tag;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(tag));
  const auto divisor = hn::Set(tag, parts);
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto sum = hn::LoadU(tag, sums + i);
    const auto mean = hn::Div(sum, divisor);
    const auto is_larger = hn::Gt(mean, hn::LoadU(tag, means + i));
    const auto put = [&](auto value, double* at) {
      hn::StoreU(hn::IfThenElse(is_larger, value, hn::LoadU(tag, at)), tag, at);
    };
    put(mean, means + i);
    put(sum, sums_of + i);
    put(divisor, parts_of + i);
  }
  for (; i < count; ++i) {
    const double mean = sums[i] / parts;
    if (!(mean > means[i])) continue;
    means[i] = mean;
    sums_of[i] = sums[i];
    parts_of[i] = parts;
  }
}

void weighted_float(const float* x, std::int64_t count, double weight, double* sums,
                    double* squares) {
  weighted(x, count, weight, sums, squares);
}
void weighted_double(const double* x, std::int64_t count, double weight, double* sums,
                     double* squares) {
  weighted(x, count, weight, sums, squares);
}
double magnitudes_float(const float* x, std::int64_t count, float weight, float* magnitudes_of,
                        float* squares_of) {
  return magnitudes(x, count, weight, magnitudes_of, squares_of);
}
double magnitudes_double(const double* x, std::int64_t count, double weight, double* magnitudes_of,
                         double* squares_of) {
  return magnitudes(x, count, weight, magnitudes_of, squares_of);
}
void step_float(const float* x, std::int64_t count, float threshold, float* out) {
  step(x, count, threshold, out);
}
void step_double(const double* x, std::int64_t count, double threshold, double* out) {
  step(x, count, threshold, out);
}
std::int64_t rectify_float(float* x, std::int64_t count, float threshold) {
  return rectify(x, count, threshold);
}
std::int64_t rectify_double(double* x, std::int64_t count, double threshold) {
  return rectify(x, count, threshold);
}
std::int64_t scan_float(const float* x, std::int64_t count, float low, float high, float* inside,
                        std::int64_t& inside_count) {
  return scan(x, count, low, high, inside, inside_count);
}
std::int64_t scan_double(const double* x, std::int64_t count, double low, double high,
                         double* inside, std::int64_t& inside_count) {
  return scan(x, count, low, high, inside, inside_count);
}
std::int64_t positive_float(const float* x, std::int64_t count) {
  return positive(x, count);
}
std::int64_t positive_double(const double* x, std::int64_t count) {
  return positive(x, count);
}

}  // namespace HWY_NAMESPACE
}  // namespace wideproof::sim
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace wideproof::sim {

HWY_EXPORT(scan_float);
HWY_EXPORT(scan_double);
HWY_EXPORT(rectify_float);
HWY_EXPORT(rectify_double);
HWY_EXPORT(step_float);
HWY_EXPORT(step_double);
HWY_EXPORT(positive_float);
HWY_EXPORT(positive_double);
HWY_EXPORT(magnitudes_float);
HWY_EXPORT(magnitudes_double);
HWY_EXPORT(larger_means);
HWY_EXPORT(weighted_float);
HWY_EXPORT(weighted_double);

namespace {

template <class Real, class Scan>
std::int64_t append(const Real* x, std::int64_t count, double low, double high,
                    std::vector<double>& inside, const Scan& scan) {
  constexpr std::size_t longest_vector = 256 / sizeof(Real);
  std::vector<Real> found(static_cast<std::size_t>(count) + longest_vector);
  std::int64_t found_count = 0;
  const std::int64_t below =
      scan(x, count, static_cast<Real>(low), static_cast<Real>(high), found.data(), found_count);
  inside.insert(inside.end(), found.begin(), found.begin() + found_count);
  return below;
}

}  // namespace

std::int64_t scan_bracket(const float* x, std::int64_t count, double low, double high,
                          std::vector<double>& inside) {
  return append(x, count, low, high, inside, HWY_DYNAMIC_DISPATCH(scan_float));
}

std::int64_t scan_bracket(const double* x, std::int64_t count, double low, double high,
                          std::vector<double>& inside) {
  return append(x, count, low, high, inside, HWY_DYNAMIC_DISPATCH(scan_double));
}

std::int64_t rectify_above(float* x, std::int64_t count, float threshold) {
  return HWY_DYNAMIC_DISPATCH(rectify_float)(x, count, threshold);
}

std::int64_t rectify_above(double* x, std::int64_t count, double threshold) {
  return HWY_DYNAMIC_DISPATCH(rectify_double)(x, count, threshold);
}

void step_above(const float* x, std::int64_t count, float threshold, float* out) {
  HWY_DYNAMIC_DISPATCH(step_float)(x, count, threshold, out);
}

void step_above(const double* x, std::int64_t count, double threshold, double* out) {
  HWY_DYNAMIC_DISPATCH(step_double)(x, count, threshold, out);
}

std::int64_t count_positive(const float* x, std::int64_t count) {
  return HWY_DYNAMIC_DISPATCH(positive_float)(x, count);
}

std::int64_t count_positive(const double* x, std::int64_t count) {
  return HWY_DYNAMIC_DISPATCH(positive_double)(x, count);
}

double add_magnitudes(const float* x, std::int64_t count, float weight, float* magnitudes,
                      float* squares) {
  return HWY_DYNAMIC_DISPATCH(magnitudes_float)(x, count, weight, magnitudes, squares);
}

double add_magnitudes(const double* x, std::int64_t count, double weight, double* magnitudes,
                      double* squares) {
  return HWY_DYNAMIC_DISPATCH(magnitudes_double)(x, count, weight, magnitudes, squares);
}

void take_larger_means(const double* sums, std::int64_t count, double parts, double* means,
                       double* sums_of, double* parts_of) {
  HWY_DYNAMIC_DISPATCH(larger_means)(sums, count, parts, means, sums_of, parts_of);
}

void add_weighted(const float* x, std::int64_t count, double weight, double* sums,
                  double* squares) {
  HWY_DYNAMIC_DISPATCH(weighted_float)(x, count, weight, sums, squares);
}

void add_weighted(const double* x, std::int64_t count, double weight, double* sums,
                  double* squares) {
  HWY_DYNAMIC_DISPATCH(weighted_double)(x, count, weight, sums, squares);
}

}  // namespace wideproof::sim

#endif  // HWY_ONCE
