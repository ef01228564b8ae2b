// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include <wideproof/model/lateral_filter.hpp>

namespace wideproof::sim {

/// Circular convolution over a layer's neurons with a lateral filter of unit energy,
///
///   (F z)_j = Σ_a w_a z_{j−a} / √Σ_a w_a²,
///
/// along the last axis of a tensor, neurons laid out on the filter's ring or torus. Applied to an
/// i.i.d. field it gives the filter's autocorrelation as covariance. For the `uniform` correlation
/// m/n it is the symmetric square root of (1 − m/n) I + (m/n) 11ᵀ.
///
/// A box runs by differences of a running sum, in double, at a cost free of its size; other
/// filters by FFT. Differentiable; dtype and device are the tensor's own.
class LateralConvolver {
 public:
  /// The filter must fit the width (model::LateralFilter::check_fits).
  LateralConvolver(const model::LateralFilter& filter, std::int64_t width);

  bool is_identity() const { return filter_.is_none(); }

  /// F z. `fields`: … × width.
  at::Tensor convolve(const at::Tensor& fields) const { return apply(fields, false); }

  /// Fᵀ z, the adjoint: ⟨x, F z⟩ = ⟨Fᵀ x, z⟩.
  at::Tensor correlate(const at::Tensor& fields) const { return apply(fields, true); }

 private:
  at::Tensor apply(const at::Tensor& fields, bool adjoint) const;
  at::Tensor apply_uniform(const at::Tensor& fields) const;
  at::Tensor apply_box(const at::Tensor& sheets, bool adjoint) const;
  at::Tensor apply_spectrum(const at::Tensor& sheets, bool adjoint) const;

  model::LateralFilter filter_;
  model::SheetShape shape_;
  at::Tensor spectrum_;  ///< FFT of the padded taps; rows × (columns/2 + 1), complex double
};

}  // namespace wideproof::sim
