// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/layer_unit.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::sim {
namespace {

/// Squares of sparse neurons a thousand times below the norm, and sums of millions, are within
/// float32 then.
constexpr double largest_variance = 0x1p80;

/// Of pre-activations that are not squared.
constexpr double largest_of_saturating = 0x1p240;

bool is_homogeneous(model::Activation activation) {
  return activation != model::Activation::tanh && activation != model::Activation::erf &&
         !model::is_pointwise(activation);
}

}  // namespace

LayerUnit::LayerUnit(model::Activation activation)
    : is_homogeneous_(is_homogeneous(activation)),
      degree_(activation == model::Activation::thresholded_step ||
                      activation == model::Activation::sparse_projection
                  ? 0
                  : 1) {}

double LayerUnit::renew(double variance, model::Activation activation) {
  const double before = of_activations();
  const LayerUnit next(activation);
  is_homogeneous_ = next.is_homogeneous_;
  degree_ = next.degree_;
  unit_ = 1;
  if (!is_homogeneous_) return 1 / before;
  const bool fits = variance >= 1 / largest_variance && variance <= largest_variance;
  const bool stays = fits || !(variance > 0 && std::isfinite(variance));
  const double change = stays ? 1.0 : std::ldexp(1.0, std::ilogb(variance) >> 1);
  unit_ = before * change;
  return change;
}

void require_float32_holds(const SampledLaw& law, model::DType dtype) {
  if (dtype != model::DType::float32) return;
  for (std::size_t l = 0; l < law.preactivation_variance.size(); ++l) {
    const auto& like = law.network.like_layer(static_cast<std::int64_t>(l) + 1);
    if (is_homogeneous(like.activation())) continue;
    const auto before = std::max<std::int64_t>(static_cast<std::int64_t>(l), 1);
    const double variance = law.preactivation_variance[l];
    if (variance >= 1 / largest_variance && variance <= largest_of_saturating) continue;
    throw model::InputError(
        "simulation.dtype", model::in_quotes("float32"),
        fmt::format("must be \"float64\" for these layers of {}: with network.weight_variance = {} "
                    "and network.bias_variance = {} the variance of h is {:.3g} at layer {}, and "
                    "float32 takes [{:.2g}, {:.2g}]",
                    like.activation_name(), law.weight_variance_from(before),
                    law.network.like_layer(before).bias_variance(), variance, l + 1,
                    1 / largest_variance, largest_of_saturating));
  }
}

}  // namespace wideproof::sim
