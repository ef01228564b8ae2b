// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/box_sum.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace wideproof::sim {
namespace {

constexpr std::int64_t neurons_per_sum = 4096;

template <class Real>
void sum_around(const Real* x, std::int64_t n, std::int64_t taps, bool adjoint, Real* out) {
  // With what the window sees across the seam put before it, or behind it for the adjoint, every
  // out_j is the sum of `taps` neighbours from j on.
  std::vector<double> wrapped(static_cast<std::size_t>(n + taps - 1));
  const auto seam =
      std::copy_n(adjoint ? x : x + n - taps + 1, adjoint ? n : taps - 1, wrapped.begin());
  std::copy_n(x, adjoint ? taps - 1 : n, seam);
  const double scale = 1 / std::sqrt(static_cast<double>(taps));
  for (std::int64_t begin = 0; begin < n; begin += neurons_per_sum) {
    const double* window = wrapped.data() + begin;
    double sum = std::accumulate(window, window + taps - 1, 0.0);
    const std::int64_t count = std::min(neurons_per_sum, n - begin);
    for (std::int64_t j = 0; j < count; ++j) {
      sum += window[j + taps - 1];
      out[begin + j] = static_cast<Real>(scale * sum);
      sum -= window[j];
    }
  }
}

}  // namespace

void box_sum(const float* x, std::int64_t n, std::int64_t taps, bool adjoint, float* out) {
  sum_around(x, n, taps, adjoint, out);
}

void box_sum(const double* x, std::int64_t n, std::int64_t taps, bool adjoint, double* out) {
  sum_around(x, n, taps, adjoint, out);
}

}  // namespace wideproof::sim
