// SPDX-License-Identifier: MIT
#include <wideproof/sim/projection/support_sums.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

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

template <class Number>
Support support_of(const Number* x, std::int64_t size, double square, bool is_signed,
                   std::vector<double>& candidates) {
  const auto magnitude = [&](std::int64_t i) {
    return static_cast<double>(is_signed ? std::abs(x[i]) : x[i]);
  };
  Support support{.top = magnitude(0)};
  for (std::int64_t i = 1; i < size; ++i) support.top = std::max(support.top, magnitude(i));
  candidates.clear();
  for (std::int64_t i = 0; i < size; ++i) {
    const double deficit = support.top - magnitude(i);
    if (deficit > 0) {
      candidates.push_back(deficit);
    } else {
      support.sums.add(0);
    }
  }
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
