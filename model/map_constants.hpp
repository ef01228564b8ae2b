// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

namespace wideproof::model {

/// Where the map of correlations from layer to layer ends, and how steeply it starts; nullopt for
/// an activation without one map for all layers.
struct MapConstants {
  std::optional<double> fixed_point;   ///< c* = C(c*), where correlations end
  std::optional<double> slope_at_one;  ///< C'(1)
};

}  // namespace wideproof::model
