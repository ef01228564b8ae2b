// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/row_quantiles.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <Eigen/Core>

#include <wideproof/sim/numeric/bracketed_selection.hpp>
#include <wideproof/sim/numeric/normal_density.hpp>

namespace wideproof::train {
namespace {

/// Training takes layers away from normal ones; a wider bracket costs little.
constexpr double standard_errors = 6;

/// The row's values number `rank` and rank + 1, or the first again without `next`.
template <class Real>
std::pair<double, double> order_statistics(const Real* row, std::int64_t n, std::int64_t rank,
                                           bool next) {
  std::vector<Real> values(row, row + n);
  const auto nth = values.begin() + rank;
  std::nth_element(values.begin(), nth, values.end());
  const double low = *nth;
  return {low, next ? double{*std::min_element(nth + 1, values.end())} : low};
}

}  // namespace

at::Tensor row_quantiles(const sim::LayerActivation& activation, const at::Tensor& h) {
  const std::int64_t n = h.size(1);
  const auto [rank, weight] = activation.quantile_position(n);
  const double f = activation.active_fraction();
  const double half = standard_errors * std::sqrt(f * (1 - f) / static_cast<double>(n)) /
                      sim::normal_density(activation.tau());
  auto thresholds = at::empty({h.size(0), 1}, h.options());
  AT_DISPATCH_FLOATING_TYPES(h.scalar_type(), "row_quantiles", [&, rank = rank, weight = weight] {
    const auto* row = h.data_ptr<scalar_t>();
    auto* out = thresholds.data_ptr<scalar_t>();
    for (std::int64_t a = 0; a < h.size(0); ++a, row += h.stride(0)) {
      using Row = Eigen::Matrix<scalar_t, Eigen::Dynamic, 1>;
      const double norm = static_cast<double>(Eigen::Map<const Row>(row, n).norm()) /
                          std::sqrt(static_cast<double>(n));
      sim::BracketedSelection selection(norm * (activation.tau() - half),
                                        norm * (activation.tau() + half));
      selection.scan(row, n);
      const auto found = selection.order_statistics(rank, weight > 0);
      const auto [low, high] = found ? *found : order_statistics(row, n, rank, weight > 0);
      *out++ = static_cast<scalar_t>((1 - weight) * low + weight * high);
    }
  });
  return thresholds;
}

}  // namespace wideproof::train
