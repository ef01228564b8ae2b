// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/model/lateral_filter.hpp>

namespace wideproof::theory {

/// One term w·k(A·c) of the sum below.
struct LateralTerm {
  double weight;   ///< Σ B(γ) over the offsets that share A(γ)
  double scaling;  ///< A(γ)
};

/// The sum over offsets that takes one layer's kernel to the next,
///
///   F(c) = Σ_γ B(γ) k(A(γ) c) = k(c) + Σ_{γ≠0} B(γ) k(A(γ) c),
///
/// B presynaptic, A postsynaptic, as a short list: offsets with the same A(γ) (to 1e-14) are
/// merged. In the limit of infinite width a uniform B, or a uniform or absent A, makes A(γ) = 0 for
/// all γ ≠ 0 that carry weight, which leaves k(c) + m k(0).
class LateralSum {
 public:
  LateralSum(const model::LateralFilter& presynaptic, const model::LateralFilter& postsynaptic);

  /// The terms of γ ≠ 0; the term of γ = 0 is k(c) itself. Empty without presynaptic correlation.
  const std::vector<LateralTerm>& others() const { return others_; }

  /// m = Σ_{γ≠0} B(γ)
  double degree() const { return degree_; }

  /// F(c) for a function k.
  template <class Kernel>
  double operator()(const Kernel& kernel, double c) const {
    double sum = kernel(c);
    for (const auto& [weight, scaling] : others_) sum += weight * kernel(scaling * c);
    return sum;
  }

  /// F(1) − F(1−δ) = Σ_γ B(γ) [k(A(γ)) − k(A(γ)(1−δ))], from drop(A, δ) that gives the bracket.
  template <class Drop>
  double drop(const Drop& drop_of, double delta) const {
    double sum = drop_of(1.0, delta);
    for (const auto& [weight, scaling] : others_) sum += weight * drop_of(scaling, delta);
    return sum;
  }

 private:
  std::vector<LateralTerm> others_;
  double degree_ = 0.0;
};

}  // namespace wideproof::theory
