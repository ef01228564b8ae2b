// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/lateral_convolver.hpp>

#include <cmath>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/fft_irfft2.h>
#include <ATen/ops/fft_rfft2.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <wideproof/sim/numeric/box_sum.hpp>

namespace wideproof::sim {
namespace {

/// Σ_{a=0}^{taps−1} x_{j−a} around the ring of axis `dim`; x_{j+a} for the adjoint.
at::Tensor running_sum(const at::Tensor& x, std::int64_t taps, std::int64_t dim, bool adjoint) {
  const std::int64_t length = x.size(dim);
  // Prepend (or append) what the window sees across the seam, then difference the running sum.
  const auto wrapped = adjoint ? at::cat({x, x.narrow(dim, 0, taps - 1)}, dim)
                               : at::cat({x.narrow(dim, length - taps + 1, taps - 1), x}, dim);
  const auto total = wrapped.cumsum(dim);
  const auto head = total.narrow(dim, taps - 1, length);
  const auto tail =
      at::cat({at::zeros_like(total.narrow(dim, 0, 1)), total.narrow(dim, 0, length - 1)}, dim);
  return head - tail;
}

/// running_sum() and its scale in a tenth of the time, without gradients.
at::Tensor box_sums(const at::Tensor& fields, std::int64_t taps, bool adjoint) {
  auto result = fields.clone(at::MemoryFormat::Contiguous);
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
  auto padded = at::zeros({shape_.rows, shape_.columns}, at::kDouble);
  auto cells = padded.accessor<double, 2>();
  for (Eigen::Index y = 0; y < taps.rows(); ++y) {
    for (Eigen::Index x = 0; x < taps.cols(); ++x) cells[y][x] = taps(y, x);
  }
  // The origin at the first tap shifts the field around the sheet, which changes no law.
  spectrum_ = at::fft_rfft2(padded);
}

at::Tensor LateralConvolver::apply(const at::Tensor& fields, bool adjoint) const {
  if (filter_.is_none()) return fields;
  const bool is_box_on_ring =
      filter_.kind() == model::LateralFilter::Kind::box && filter_.sheet() == model::Sheet::ring;
  if (is_box_on_ring && fields.device().is_cpu() && !fields.requires_grad()) {
    return box_sums(fields, filter_.options().taps, adjoint);
  }
  if (!filter_.is_local()) return apply_uniform(fields);
  const auto sheets = fields.to(at::kDouble).unflatten(-1, {shape_.rows, shape_.columns});
  const auto result = filter_.kind() == model::LateralFilter::Kind::box
                          ? apply_box(sheets, adjoint)
                          : apply_spectrum(sheets, adjoint);
  return result.flatten(-2, -1).to(fields.dtype());
}

at::Tensor LateralConvolver::apply_uniform(const at::Tensor& fields) const {
  const double m = filter_.options().degree;
  const auto n = static_cast<double>(shape_.rows * shape_.columns);
  const double across = std::sqrt(1 - m / n);
  const double along = std::sqrt(1 - m / n + m);  // eigenvalue of the constant mode
  return across * fields + (along - across) * fields.mean(-1, /*keepdim=*/true);
}

at::Tensor LateralConvolver::apply_box(const at::Tensor& sheets, bool adjoint) const {
  const std::int64_t taps = filter_.options().taps;
  auto sums = running_sum(sheets, taps, -1, adjoint);
  if (filter_.sheet() == model::Sheet::torus) sums = running_sum(sums, taps, -2, adjoint);
  return sums / std::sqrt(static_cast<double>(filter_.taps().size()));
}

at::Tensor LateralConvolver::apply_spectrum(const at::Tensor& sheets, bool adjoint) const {
  const auto spectrum = (adjoint ? spectrum_.conj() : spectrum_).to(sheets.device());
  return at::fft_irfft2(at::fft_rfft2(sheets) * spectrum,
                        at::IntArrayRef({shape_.rows, shape_.columns}));
}

}  // namespace wideproof::sim
