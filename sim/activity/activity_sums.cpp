// SPDX-License-Identifier: MIT
#include <wideproof/sim/activity/activity_sums.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <ATen/Dispatch.h>

#include <wideproof/sim/numeric/row_kernels.hpp>

namespace wideproof::sim {
namespace {

/// Their sums stay in the first-level cache while all inputs pass.
constexpr std::int64_t neurons_of_part = 1024;

}  // namespace

void ActivitySums::add(const at::Tensor& z) {
  AT_DISPATCH_FLOATING_TYPES(z.scalar_type(), "ActivitySums", [&] {
    const auto* const x = z.data_ptr<scalar_t>();
    const std::int64_t size = z.size(1);
    std::array<scalar_t, neurons_of_part> magnitudes;
    std::array<scalar_t, neurons_of_part> squares;
    for (std::int64_t first = 0; first < size; first += neurons_of_part) {
      const auto count = std::min(neurons_of_part, size - first);
      std::fill_n(magnitudes.begin(), count, scalar_t{0});
      std::fill_n(squares.begin(), count, scalar_t{0});
      for (std::int64_t a = 0; a < z.size(0); ++a) {
        magnitudes_(a) +=
            add_magnitudes(x + a * size + first, count, static_cast<scalar_t>(multiplicity_(a)),
                           magnitudes.data(), squares.data());
      }
      // Smaller sums of squares have lost digits to the end of the dtype's range.
      constexpr auto smallest =
          std::numeric_limits<scalar_t>::min() / std::numeric_limits<scalar_t>::epsilon();
      for (std::int64_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (magnitudes[at] == 0) continue;
        ++heard_;
        ratios_ += squares[at] < smallest ? ratio_of(x + first + i, size)
                                          : static_cast<double>(magnitudes[at]) /
                                                std::sqrt(static_cast<double>(squares[at]));
      }
    }
    seen_ += size;
  });
}

template <class Real>
double ActivitySums::ratio_of(const Real* z, std::int64_t stride) const {
  Eigen::ArrayXd neuron =
      Eigen::Map<const Eigen::Array<Real, Eigen::Dynamic, 1>, 0, Eigen::InnerStride<>>(
          z, multiplicity_.size(), Eigen::InnerStride<>(stride))
          .template cast<double>()
          .abs();
  neuron /= neuron.maxCoeff();
  return (multiplicity_ * neuron).sum() / std::sqrt((multiplicity_ * neuron.square()).sum());
}

double ActivitySums::unit_hoyer() const {
  const double root = std::sqrt(multiplicity_.sum());
  if (root <= 1) return std::numeric_limits<double>::quiet_NaN();
  return (static_cast<double>(heard_) * root - ratios_) / (root - 1);
}

}  // namespace wideproof::sim
