// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <Eigen/Core>

#include <wideproof/model/activation.hpp>
#include <wideproof/model/network.hpp>

namespace wideproof::theory {

/// What neurons of one layer make of their pre-activations h in the limit, up to a factor that the
/// layer has in common. With q the variance of h and u = h/√q,
///
///   thresholded_relu   (u − τ)₊            relu, linear      (u)₊, u
///   thresholded_step   1 if u > τ, else 0  erf, tanh         of h
///   sparse_projection  (u − τ)₊, signed sgn(u) (|u| − τ)₊, τ its threshold
///   pointwise          φ(h), φ(h − τ√q)
struct LimitResponse {
  model::Activation activation = model::Activation::linear;
  double tau = 0.0;
  bool is_signed = false;                                    ///< of sparse_projection
  std::shared_ptr<const model::Nonlinearity> phi = nullptr;  ///< of pointwise

  /// Every number of `h`, its columns' variances given, becomes that.
  void apply(Eigen::ArrayXXd& h, const Eigen::ArrayXd& variances) const;
};

/// Throws InputError naming network.sparseness for a projection that has no threshold.
LimitResponse limit_response(const model::Network& network);

}  // namespace wideproof::theory
