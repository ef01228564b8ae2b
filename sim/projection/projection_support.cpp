// SPDX-License-Identifier: MIT
#include <wideproof/sim/projection/projection_support.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>

#include <wideproof/sim/projection/deficit_kernels.hpp>

namespace wideproof::sim {
namespace {

/// Of three deficits the middle one.
double pivot_of(const std::vector<double>& candidates) {
  const double first = candidates.front();
  const double middle = candidates[candidates.size() / 2];
  const double last = candidates.back();
  return std::max(std::min(first, middle), std::min(std::max(first, middle), last));
}

/// Adds those of `candidates`, deficits, that the projection is not 0 on.
void narrow(std::vector<double>& candidates, double square, SupportSums& accepted) {
  while (!candidates.empty()) {
    const double pivot = pivot_of(candidates);
    auto below = accepted;
    auto upto = SupportSums();
    for (const double deficit : candidates) {
      if (deficit < pivot) below.add(deficit);
      if (deficit == pivot) upto.add(deficit);
    }
    const bool is_beyond = below.reaches(pivot, square);
    const auto is_out = [&](double deficit) {
      return is_beyond ? deficit >= pivot : deficit <= pivot;
    };
    if (!is_beyond) {
      accepted = below;
      accepted += upto;
    }
    candidates.erase(std::remove_if(candidates.begin(), candidates.end(), is_out),
                     candidates.end());
  }
}

/// Those of deficit in (low, high).
template <class Number>
void gather(const Number* x, std::int64_t size, double top, bool is_signed, double low, double high,
            std::vector<double>& candidates) {
  candidates.clear();
  for (std::int64_t i = 0; i < size; ++i) {
    const double deficit = top - static_cast<double>(is_signed ? std::abs(x[i]) : x[i]);
    if (deficit > low && deficit < high) candidates.push_back(deficit);
  }
}

/// Where a lies, from some of the entries: as good a start as any.
template <class Number>
double guessed_root(const Number* x, std::int64_t size, double top, bool is_signed, double square,
                    std::vector<double>& candidates) {
  constexpr std::int64_t few = 1024;
  const std::int64_t stride = size / few;
  candidates.clear();
  for (std::int64_t i = 0; i < few; ++i) {
    const Number value = x[i * stride];
    candidates.push_back(top - static_cast<double>(is_signed ? std::abs(value) : value));
  }
  const double share = square * static_cast<double>(few) / static_cast<double>(size);
  SupportSums sums;
  narrow(candidates, share, sums);
  return static_cast<double>(sums.count) > share ? sums.root(share) : 0;
}

/// The support by Newton's steps within a bracket: a support gives an a, which gives a support.
/// nullopt where that takes too many.
template <class Number>
std::optional<SupportSums> support_by_steps(const Number* x, std::int64_t size, double top,
                                            bool is_signed, double square, double a) {
  constexpr int most_steps = 12;
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  std::int64_t of_last = -1;  // of the support whose root a is
  for (int step = 0; step < most_steps && a > 0; ++step) {
    const auto sums = sums_below(x, size, top, a, is_signed);
    if (sums.count == of_last) return sums;
    (sums.reaches(a, square) ? high : low) = a;
    const double next = static_cast<double>(sums.count) > square ? sums.root(square) : 0;
    const bool is_inside = next > low && next < high;
    of_last = is_inside ? sums.count : -1;
    a = is_inside ? next : std::isinf(high) ? 2 * low : (low + high) / 2;
  }
  return std::nullopt;
}

template <class Number>
Support support_of(const Number* x, std::int64_t size, double square, bool is_signed,
                   std::vector<double>& candidates) {
  constexpr std::int64_t many = 16384;
  Support support{.top = top_of(x, size, is_signed)};
  if (size >= many && square > 1) {
    const double a = guessed_root(x, size, support.top, is_signed, square, candidates);
    if (const auto sums = support_by_steps(x, size, support.top, is_signed, square, a)) {
      support.sums = *sums;
      return support;
    }
  }
  gather(x, size, support.top, is_signed, 0, std::numeric_limits<double>::infinity(), candidates);
  const auto below = static_cast<std::int64_t>(candidates.size());
  for (std::int64_t i = below; i < size; ++i) support.sums.add(0);
  // Ties that have the ratio already: nothing below them is active.
  if (static_cast<double>(support.sums.count) < square * (1 - 0x1p-46))
    narrow(candidates, square, support.sums);
  return support;
}

}  // namespace

Support find_support(const float* x, std::int64_t size, double square, bool is_signed,
                     std::vector<double>& candidates) {
  return support_of(x, size, square, is_signed, candidates);
}
Support find_support(const double* x, std::int64_t size, double square, bool is_signed,
                     std::vector<double>& candidates) {
  return support_of(x, size, square, is_signed, candidates);
}

}  // namespace wideproof::sim
