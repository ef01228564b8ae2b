// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/projection_fluctuation.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>

#include <fmt/format.h>

#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/kernels/projection_kernel.hpp>
#include <wideproof/theory/neurons/projection_noise.hpp>

namespace wideproof::theory {
namespace {

const model::Network& require_derived(const model::Network& network) {
  const std::string reason = projection_fluctuation_not_derived(network);
  if (!reason.empty()) throw std::invalid_argument("ProjectionFluctuation: " + reason);
  return network;
}

}  // namespace

std::string projection_fluctuation_not_derived(const model::Network& network) {
  if (!Autocorrelation(network.postsynaptic()).is_delta()) {
    return "Finite-width fluctuations of projected layers are not derived with postsynaptic "
           "correlation.";
  }
  if (network.is_signed() && network.sparseness() < sparseness_of_magnitudes()) {
    return fmt::format(
        "Finite-width fluctuations of signed projections are derived only beyond "
        "network.sparseness "
        "= {:.4f}, where neurons fall silent.",
        sparseness_of_magnitudes());
  }
  return {};
}

ProjectionFluctuation::ProjectionFluctuation(const model::Network& network,
                                             const model::Prediction& prediction)
    : prediction_(&prediction),
      alpha_(projection_threshold(require_derived(network).sparseness(), network.is_signed())),
      is_signed_(network.is_signed()),
      mean_(network.is_signed() ? 0.0 : 1 - network.sparseness()),
      squared_others_(Autocorrelation(network.presynaptic()).squared_sum() - 1) {}

std::vector<double> ProjectionFluctuation::operator()(Eigen::Index a, Eigen::Index b) const {
  std::vector<double> variances;
  double of_kernel = 0;
  for (std::size_t l = 0; l < prediction_->layers.size(); ++l) {
    const auto& layer = prediction_->layers[l];
    const ProjectedPair pair(alpha_, is_signed_,
                             std::clamp(layer.preactivation_deficit(a, b), 0.0, 2.0));
    const double variance = pair.slope * pair.slope * of_kernel + pair.variance;
    variances.push_back(std::max(0.0, variance));
    if (l + 1 == prediction_->layers.size()) break;
    const auto& next = prediction_->layers[l + 1];
    const double share = prediction_->weight_variance / next.preactivation(a, a);
    const double delta = next.preactivation_deficit(a, b);
    const double own = 1 - mean_ * mean_;
    const double lost = pair.deficit * pair.deficit;
    const double degenerate = 2 * own * (own - pair.deficit) * delta * delta +
                              2 * (1 - delta) * lost + lost * delta * delta;
    of_kernel = share * share * (variance + squared_others_ * degenerate);
  }
  return variances;
}

}  // namespace wideproof::theory
