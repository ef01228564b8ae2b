// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/nearest_row.hpp>

// Highway compiles what stands between its namespaces once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "wideproof/train/regularizers/nearest_row.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace wideproof::train {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The closest so far, and which it is.
template <class Real, class Index>
struct Nearest {
  Real closeness;
  Index neuron;

  void take(Real other, Index which) {
    const bool is_first = other == closeness && which < neuron;
    if (!(other > closeness) && !is_first) return;
    closeness = other;
    neuron = which;
  }
};

template <class Real, class Index>
std::int64_t join(const Real* row, std::int64_t count, Index joined, Real* closest, Index* from) {
  const hn::ScalableTag<Real> tag;
  const hn::RebindToSigned<decltype(tag)> indices;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(tag));
  const auto outside = hn::Set(tag, Real{1.5});
  const auto none = hn::Set(tag, Real{-1});
  const auto source = hn::Set(indices, joined);
  const auto step = hn::Set(indices, static_cast<Index>(lanes));
  auto best = none;
  auto best_at = hn::Set(indices, Index{-1});
  auto at = hn::Iota(indices, Index{0});
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto closeness = hn::Abs(hn::LoadU(tag, row + i));
    auto known = hn::LoadU(tag, closest + i);
    const auto nearer = hn::Gt(closeness, known);
    known = hn::IfThenElse(nearer, closeness, known);
    hn::StoreU(known, tag, closest + i);
    const auto before = hn::LoadU(indices, from + i);
    hn::StoreU(hn::IfThenElse(hn::RebindMask(indices, nearer), source, before), indices, from + i);
    const auto candidate = hn::IfThenElse(hn::Gt(known, outside), none, known);
    const auto better = hn::Gt(candidate, best);
    best = hn::IfThenElse(better, candidate, best);
    best_at = hn::IfThenElse(hn::RebindMask(indices, better), at, best_at);
    at = hn::Add(at, step);
  }
  constexpr std::size_t most_lanes = 256 / sizeof(Real);
  Real values[most_lanes];
  Index places[most_lanes];
  hn::StoreU(best, tag, values);
  hn::StoreU(best_at, indices, places);
  Nearest<Real, Index> nearest{Real{-1}, Index{-1}};
  for (std::int64_t lane = 0; lane < lanes; ++lane) nearest.take(values[lane], places[lane]);
  for (; i < count; ++i) {
    const Real closeness = row[i] < 0 ? -row[i] : row[i];
    if (closeness > closest[i]) {
      closest[i] = closeness;
      from[i] = joined;
    }
    if (!(closest[i] > Real{1.5})) nearest.take(closest[i], static_cast<Index>(i));
  }
  return nearest.neuron;
}

std::int64_t join_float(const float* row, std::int64_t count, std::int32_t joined, float* closest,
                        std::int32_t* from) {
  return join(row, count, joined, closest, from);
}
std::int64_t join_double(const double* row, std::int64_t count, std::int64_t joined,
                         double* closest, std::int64_t* from) {
  return join(row, count, joined, closest, from);
}

}  // namespace HWY_NAMESPACE
}  // namespace wideproof::train
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace wideproof::train {

HWY_EXPORT(join_float);
HWY_EXPORT(join_double);

std::int64_t join_row(const float* row, std::int64_t count, std::int32_t joined, float* closest,
                      std::int32_t* from) {
  return HWY_DYNAMIC_DISPATCH(join_float)(row, count, joined, closest, from);
}

std::int64_t join_row(const double* row, std::int64_t count, std::int64_t joined, double* closest,
                      std::int64_t* from) {
  return HWY_DYNAMIC_DISPATCH(join_double)(row, count, joined, closest, from);
}

}  // namespace wideproof::train

#endif  // HWY_ONCE
