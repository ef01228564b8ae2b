// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/theory/neuron_response.hpp>

namespace wideproof::theory {

/// What estimating the threshold from the layer itself adds to the mean of a pair's Gram, given the
/// kernel: lim n·(E Ĝ − G) of the entries (aa), (ab), (bb) at unit variances, correlation c and
/// independent neurons. From the second order of (u − τ − δt)₊(v − τ − δt')₊ in the thresholds'
/// errors δt, δt', with d = n E δt, v = n Var δt, w = n Cov(δt, δt'):
///
///   same neuron   −2Md − 2 Cov(1_aφ_b, IF_a) + g b_1 v + L w
///   two neurons   −2fμd − 2 [μ Cov(1_a, IF_a) + f Cov(φ_b, IF_a)] + gμv + f²w,
///
/// where 1_a = 1(u>τ), b_1 = E[(v−τ)₊ | u=τ], and
///
///   fixed      0
///   std        d = −τ/4,  v = τ²/2,  w = τ²c²/2
///   quantile   d = (2f−1)/g + f(1−f)τ/(2g²),  v = f(1−f)/g²,  w = (L−f²)/g²
///
/// (the (2f−1)/g of the quantile belongs to interpolation at position (n−1)(1−f)).
struct ThresholdBias {
  ThresholdBias(const NeuronResponse& response, double c);

  Eigen::Vector3d same;  ///< of (1/n) Σ_i φ_a(i) φ_b(i)
  Eigen::Vector3d two;  ///< of φ_a(i) φ_b(j), i ≠ j: what each unit of m = Σ_{γ≠0} B(γ) adds
};

}  // namespace wideproof::theory
