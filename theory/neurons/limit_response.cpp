// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/limit_response.hpp>

#include <cmath>

#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/projection_kernel.hpp>

namespace wideproof::theory {

using model::Activation;

void LimitResponse::apply(Eigen::ArrayXXd& h, const Eigen::ArrayXd& variances) const {
  const auto of_each = [&h](const auto& response) { h = h.unaryExpr(response).eval(); };
  if (activation == Activation::erf) return of_each([](double x) { return std::erf(x); });
  if (activation == Activation::tanh) return of_each([](double x) { return std::tanh(x); });
  if (activation == Activation::linear) return;
  const Eigen::ArrayXd thresholds = tau * variances.sqrt();
  if (activation == Activation::sparse_projection && is_signed) {
    const Eigen::ArrayXXd signs = h.sign();
    h = signs * (h.abs().rowwise() - thresholds.transpose()).max(0.0);
    return;
  }
  if (activation != Activation::pointwise) h.rowwise() -= thresholds.transpose();
  if (model::is_pointwise(activation)) return phi->values(h.data(), h.size(), h.data());
  if (activation == Activation::thresholded_step)
    return of_each([](double x) { return x > 0 ? 1.0 : 0.0; });
  h = h.max(0.0).eval();
}

LimitResponse limit_response(const model::Network& network) {
  const auto activation = network.activation();
  if (activation == Activation::pointwise)
    return {.activation = activation, .phi = network.shared_nonlinearity()};
  if (activation == Activation::thresholded_pointwise)
    return {.activation = activation,
            .tau = tau_of(network.active_fraction()),
            .phi = network.shared_nonlinearity()};
  if (model::is_thresholded(activation)) return {activation, tau_of(network.active_fraction())};
  if (activation == Activation::sparse_projection)
    return {activation, projection_threshold(network.sparseness(), network.is_signed()),
            network.is_signed()};
  return {activation};
}

}  // namespace wideproof::theory
