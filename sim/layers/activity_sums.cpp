// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/activity_sums.hpp>

#include <algorithm>
#include <array>

#include <ATen/Dispatch.h>

#include <wideproof/sim/numeric/row_kernels.hpp>

namespace wideproof::sim {
namespace {

/// Their largest magnitudes stay in the first-level cache while all inputs pass.
constexpr std::int64_t neurons_of_part = 1024;

}  // namespace

void ActivitySums::add(const at::Tensor& z) {
  AT_DISPATCH_FLOATING_TYPES(z.scalar_type(), "ActivitySums", [&] {
    const auto* const x = z.data_ptr<scalar_t>();
    const std::int64_t size = z.size(1);
    std::array<scalar_t, neurons_of_part> largest;
    for (std::int64_t first = 0; first < size; first += neurons_of_part) {
      const auto count = std::min(neurons_of_part, size - first);
      std::fill_n(largest.begin(), count, scalar_t{0});
      for (std::int64_t a = 0; a < z.size(0); ++a) {
        magnitudes_(a) += add_magnitudes(x + a * size + first, count, largest.data());
      }
      silent_ += count - count_positive(largest.data(), count);
    }
  });
}

}  // namespace wideproof::sim
