// SPDX-License-Identifier: MIT
#include <wideproof/sim/controls/pair_sum.hpp>

#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/zeros.h>

namespace wideproof::sim {
namespace {

/// Correlations that differ by rounding are one.
constexpr double same_correlation = 1e-13;

/// F Fᵀ δ
at::Tensor covariance(const LateralConvolver& filter, std::int64_t width) {
  auto one = at::zeros({width}, at::kDouble);
  one[0] = 1;
  return filter.convolve(filter.correlate(one)).contiguous();
}

}  // namespace

PairSum::PairSum(std::shared_ptr<const GaussianPairTable> table)
    : table_(std::move(table)), terms_{{}} {}

PairSum::PairSum(std::shared_ptr<const GaussianPairTable> table,
                 const LateralConvolver& presynaptic, const LateralConvolver& postsynaptic,
                 std::int64_t width)
    : table_(std::move(table)) {
  const auto a = covariance(postsynaptic, width);
  const auto b = covariance(presynaptic, width);
  std::map<std::int64_t, double> sums;
  for (std::int64_t offset = 0; offset < width; ++offset) {
    const auto key = std::llround(a.data_ptr<double>()[offset] / same_correlation);
    sums[key] += b.data_ptr<double>()[offset];
  }
  for (const auto& [key, sum] : sums) {
    const double correlation = static_cast<double>(key) * same_correlation;
    if (key != 0) {
      terms_.push_back({correlation, sum});
    } else {
      const auto means = (*table_)(0.0);
      uncorrelated_ = {sum * means.product, 0.0, sum * means.gated};
    }
  }
}

PairMeans PairSum::operator()(double correlation) const {
  PairMeans total = uncorrelated_;
  for (const auto& term : terms_) {
    const auto means = (*table_)(term.postsynaptic * correlation);
    total.product += term.presynaptic * means.product;
    total.coactive += term.presynaptic * term.postsynaptic * means.coactive;
    total.gated += term.presynaptic * means.gated;
  }
  return total;
}

}  // namespace wideproof::sim
