// SPDX-License-Identifier: MIT
#pragma once

#include <utility>
#include <vector>

#include <wideproof/model/map_constants.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::theory {

/// The constants of a network's limit, such as τ, σ² and m, and its layers for one input of unit
/// norm. Throws what predict() does.
model::Prediction network_limit(const model::Network& network);

/// Of correlation_map(), where there is one.
model::MapConstants map_constants(const model::Network& network);

/// The critical degree of correlation m*(f) of thresholded networks that differ from `network` in
/// their active fraction alone: pairs (f, m*) at 201 fractions from `low` to `high`, evenly spaced
/// on a log scale. Fractions without one are left out.
std::vector<std::pair<double, double>> critical_degrees(const model::Network& network, double low,
                                                        double high);

}  // namespace wideproof::theory
