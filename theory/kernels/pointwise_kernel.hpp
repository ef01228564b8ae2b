// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>

#include <wideproof/model/nonlinearity/pointwise.hpp>
#include <wideproof/theory/kernels/derivative_kernel.hpp>
#include <wideproof/theory/kernels/dual_kernel.hpp>

namespace wideproof::theory {

/// E[φ(u)φ(v)] of any function of one neuron, φ(h) or, with a τ, φ(h − τ√q): a closed form, or
/// quadrature that knows where φ is not smooth (make_pair_mean()), to 1e-14 √(E φ(u)² E φ(v)²).
///
/// At one variance many entries go through a PairCurve, which adds a proven 1e-16 κ(1) or, to
/// drops, 1e-15 of themselves, and the rounding of its polynomials. Entries of unequal variances
/// are computed one by one.
///
/// Throws InputError, when asked for a mean, where φ has no second moment or none that a double
/// holds, and where it is not finite within reach of h: the key is network.activation or
/// network.expression.
std::unique_ptr<DualKernel> make_pointwise_kernel(const model::PointwiseOptions& options,
                                                  std::shared_ptr<const model::Nonlinearity> phi,
                                                  std::optional<double> tau = std::nullopt);

/// E[φ'(u)φ'(v)] likewise. Throws InputError where φ jumps: that derivative leaves jumps out, and
/// E[φφ] has another one.
std::unique_ptr<DerivativeKernel> make_pointwise_derivative(
    const model::PointwiseOptions& options, std::shared_ptr<const model::Nonlinearity> phi,
    std::optional<double> tau = std::nullopt);

/// How far two Gauss rules are apart in E[φφ] of pairs of variance q, over E[φ²], the most over
/// some correlations: nullopt where there is a closed form.
std::optional<double> quadrature_error(const model::PointwiseOptions& options,
                                       std::shared_ptr<const model::Nonlinearity> phi,
                                       std::optional<double> tau, double q);

}  // namespace wideproof::theory
