// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include <wideproof/model/network.hpp>

namespace wideproof::theory {

/// How the squared norm of one input's activations, q = Ĝ_aa, is spread over networks of width n.
///
/// Where scaling a layer's input scales its output and there is no bias, norms multiply: q is a
/// product of independent factors, one a layer, each of mean 1 + β/n and of variance κ/n in units
/// of its limit. After `layers` layers
///
///   E[q]/q∞ = (1 + β_B/n)^{layers−1} (1 + β/n)
///   E[q²]/q∞² = [(1 + β_B/n)² + κ_B/n]^{layers−1} [(1 + β/n)² + κ/n],
///
/// the B of a factor standing for the norm that the next layer sees, its lateral filter included.
/// Exact for ReLU and for linear neurons without lateral filters, β = 0 and κ = 5 and 2; else each
/// factor is right to first order in 1/n.
///
/// Fixed thresholds do not follow it: there a norm's fluctuation grows by χ∥ = f/k_τ(1) a layer,
/// V' = κ + χ∥² V (PairRecursion).
class NormLaw {
 public:
  /// nullopt where norms do not multiply (fixed thresholds τ ≠ 0, a bias) or where fluctuations are
  /// not derived.
  static std::optional<NormLaw> of(const model::Network& network);

  double relative_variance() const { return gram_.relative_variance; }       ///< κ
  double next_relative_variance() const { return next_.relative_variance; }  ///< κ_B
  double bias() const { return gram_.bias; }                                 ///< β
  double next_bias() const { return next_.bias; }                            ///< β_B

  /// E[q]/q∞ after `layers` ≥ 1 hidden layers of `width` neurons.
  double mean(std::int64_t width, std::int64_t layers) const;

  /// E[q²]/q∞²
  double second_moment(std::int64_t width, std::int64_t layers) const;

 private:
  struct Factor {
    double bias = 0.0;
    double relative_variance = 0.0;
  };

  Factor gram_;
  Factor next_;
};

}  // namespace wideproof::theory
