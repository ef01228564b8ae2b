// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/neuron_group.hpp>

#include <cmath>
#include <cstddef>

#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/projection_kernel.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;

}  // namespace

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

std::optional<std::vector<NeuronGroup>> neuron_groups(const model::Network& network,
                                                      const model::Prediction& prediction,
                                                      std::int64_t width, std::int64_t outputs) {
  if (!Autocorrelation(network.postsynaptic()).is_delta()) return std::nullopt;
  const auto response = limit_response(network);
  const auto widths = network.widths(width);
  std::vector<NeuronGroup> groups;
  for (std::size_t l = 0; l < prediction.layers.size(); ++l)
    groups.push_back({widths[l], response, prediction.layers[l].preactivation});
  if (outputs > 0) {
    NeuronGroup& linear = groups.emplace_back();
    linear.count = outputs;
    linear.kernel = prediction.layers.back().gram;
  }
  return groups;
}

}  // namespace wideproof::theory
