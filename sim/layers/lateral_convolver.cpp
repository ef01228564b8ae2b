// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/lateral_convolver.hpp>

#include <cmath>

#include <torch/fft.h>
#include <torch/types.h>

#include <wideproof/sim/numeric/box_sum.hpp>

namespace wideproof::sim {
namespace {

/// Σ_{a=0}^{taps−1} x_{j−a} around the ring of axis `dim`; x_{j+a} for the adjoint.
torch::Tensor running_sum(const torch::Tensor& x, std::int64_t taps, std::int64_t dim,
                          bool adjoint) {
  const std::int64_t length = x.size(dim);
  // Prepend (or append) what the window sees across the seam, then difference the running sum.
  const auto wrapped = adjoint ? torch::cat({x, x.narrow(dim, 0, taps - 1)}, dim)
                               : torch::cat({x.narrow(dim, length - taps + 1, taps - 1), x}, dim);
  const auto total = wrapped.cumsum(dim);
  const auto head = total.narrow(dim, taps - 1, length);
  const auto tail = torch::cat(
      {torch::zeros_like(total.narrow(dim, 0, 1)), total.narrow(dim, 0, length - 1)}, dim);
  return head - tail;
}

/// running_sum() and its scale in a tenth of the time, without gradients.
torch::Tensor box_sums(const torch::Tensor& fields, std::int64_t taps, bool adjoint) {
  auto result = fields.clone(torch::MemoryFormat::Contiguous);
  const std::int64_t n = fields.size(-1);
  AT_DISPATCH_FLOATING_TYPES(fields.scalar_type(), "LateralConvolver", [&] {
    auto* row = result.data_ptr<scalar_t>();
    for (std::int64_t i = 0; i < result.numel() / n; ++i, row += n) {
      box_sum(row, n, taps, adjoint, row);
    }
  });
  return result;
}

}  // namespace

LateralConvolver::LateralConvolver(const model::LateralFilter& filter, std::int64_t width)
    : filter_(filter), shape_(model::shape_of(filter.sheet(), width)) {
  filter_.check_fits("filter", width);
  if (!filter_.is_local() || filter_.kind() == model::LateralFilter::Kind::box) return;
  const Eigen::ArrayXXd taps = filter_.taps() / std::sqrt(filter_.taps().square().sum());
  auto padded = torch::zeros({shape_.rows, shape_.columns}, torch::kFloat64);
  auto cells = padded.accessor<double, 2>();
  for (Eigen::Index y = 0; y < taps.rows(); ++y) {
    for (Eigen::Index x = 0; x < taps.cols(); ++x) cells[y][x] = taps(y, x);
  }
  // The origin at the first tap shifts the field around the sheet, which changes no law.
  spectrum_ = torch::fft::rfft2(padded);
}

torch::Tensor LateralConvolver::apply(const torch::Tensor& fields, bool adjoint) const {
  if (filter_.is_none()) return fields;
  const bool is_box_on_ring =
      filter_.kind() == model::LateralFilter::Kind::box && filter_.sheet() == model::Sheet::ring;
  if (is_box_on_ring && fields.device().is_cpu() && !fields.requires_grad()) {
    return box_sums(fields, filter_.options().taps, adjoint);
  }
  if (!filter_.is_local()) return apply_uniform(fields);
  const auto sheets = fields.to(torch::kFloat64).unflatten(-1, {shape_.rows, shape_.columns});
  const auto result = filter_.kind() == model::LateralFilter::Kind::box
                          ? apply_box(sheets, adjoint)
                          : apply_spectrum(sheets, adjoint);
  return result.flatten(-2, -1).to(fields.dtype());
}

torch::Tensor LateralConvolver::apply_uniform(const torch::Tensor& fields) const {
  const double m = filter_.options().degree;
  const auto n = static_cast<double>(shape_.rows * shape_.columns);
  const double across = std::sqrt(1 - m / n);
  const double along = std::sqrt(1 - m / n + m);  // eigenvalue of the constant mode
  return across * fields + (along - across) * fields.mean(-1, /*keepdim=*/true);
}

torch::Tensor LateralConvolver::apply_box(const torch::Tensor& sheets, bool adjoint) const {
  const std::int64_t taps = filter_.options().taps;
  auto sums = running_sum(sheets, taps, -1, adjoint);
  if (filter_.sheet() == model::Sheet::torus) sums = running_sum(sums, taps, -2, adjoint);
  return sums / std::sqrt(static_cast<double>(filter_.taps().size()));
}

torch::Tensor LateralConvolver::apply_spectrum(const torch::Tensor& sheets, bool adjoint) const {
  const auto spectrum = (adjoint ? spectrum_.conj() : spectrum_).to(sheets.device());
  return torch::fft::irfft2(torch::fft::rfft2(sheets) * spectrum,
                            torch::IntArrayRef({shape_.rows, shape_.columns}));
}

}  // namespace wideproof::sim
