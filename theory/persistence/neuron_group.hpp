// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/activation.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>

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

/// Neurons of one layer of a random network, and the kernel of their pre-activations over M
/// samples, M × M; its diagonal need not be one number.
struct NeuronGroup {
  std::int64_t count = 0;
  LimitResponse response = {};
  Eigen::MatrixXd kernel = {};
};

/// The hidden layers of a network, as many neurons as network.widths(width) says, and `outputs`
/// linear ones, over all inputs of `prediction`; nullopt where receiving neurons are correlated.
std::optional<std::vector<NeuronGroup>> neuron_groups(const model::Network& network,
                                                      const model::Prediction& prediction,
                                                      std::int64_t width, std::int64_t outputs = 0);

}  // namespace wideproof::theory
