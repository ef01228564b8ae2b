// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>

#include <wideproof/model/nonlinearity/pointwise.hpp>
#include <wideproof/theory/pointwise/pair_mean.hpp>
#include <wideproof/theory/pointwise/scaled_function.hpp>

namespace wideproof::theory {

/// φ(h), or φ(h − τ√q) where there is a τ, with the name that messages call it by.
LayerFunction layer_function(const model::PointwiseOptions& options,
                             std::shared_ptr<const model::Nonlinearity> phi,
                             std::optional<double> tau = std::nullopt);

/// The means of a function: its closed form (smooth_forms.hpp, power_forms.hpp) where it has one
/// and no threshold, else PanelMean. ELU's closed form subtracts tilted probabilities from each
/// other, which leaves no digits at small and at large variances: PanelMean it is.
std::shared_ptr<const PairMean> make_pair_mean(const model::PointwiseOptions& options,
                                               std::shared_ptr<const model::Nonlinearity> phi,
                                               std::optional<double> tau = std::nullopt);

}  // namespace wideproof::theory
