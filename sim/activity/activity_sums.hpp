// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <utility>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

namespace wideproof::sim {

/// Of each of P inputs Σ_i |z_i|; of each neuron, over the inputs, whether it is silent (z_i = 0
/// for all of them) and, if not, how sparse Hoyer's measure finds it. Sums over a thousand neurons
/// and sums over inputs are taken in z's dtype, the others in double.
class ActivitySums {
 public:
  /// `multiplicity`: how often each input counts for the neurons, 1 or more.
  explicit ActivitySums(Eigen::ArrayXd multiplicity)
      : multiplicity_(std::move(multiplicity)),
        magnitudes_(Eigen::ArrayXd::Zero(multiplicity_.size())) {}

  /// `z`: P × size, contiguous, float32 or float64, on the CPU.
  void add(const at::Tensor& z);

  const Eigen::ArrayXd& magnitudes() const { return magnitudes_; }
  std::int64_t silent() const { return seen_ - heard_; }
  /// Σ of (√N − ‖z_i‖₁/‖z_i‖₂)/(√N − 1) over neurons that are not silent, the norms being over all
  /// N = Σ multiplicity inputs; NaN for N = 1.
  double unit_hoyer() const;

 private:
  /// ‖z_i‖₁/‖z_i‖₂ in double, of a neuron whose numbers lie `stride` apart.
  template <class Real>
  double ratio_of(const Real* z, std::int64_t stride) const;

  Eigen::ArrayXd multiplicity_;
  Eigen::ArrayXd magnitudes_;
  std::int64_t seen_ = 0;
  std::int64_t heard_ = 0;  ///< neurons that are not silent
  double ratios_ = 0;       ///< Σ ‖z_i‖₁/‖z_i‖₂ of them
};

}  // namespace wideproof::sim
