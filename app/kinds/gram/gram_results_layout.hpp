// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include <wideproof/compare/matrices/predicted_layer.hpp>

namespace wideproof::app {

/// What the writer and the reader of results.h5 agree on beside the names in to_hdf5().
inline constexpr const char* results_schema = "wideproof.results/2";

/// What a prediction may say beside its Gram.
struct FurtherPart {
  const char* name;
  Eigen::MatrixXd compare::PredictedLayer::*matrix;
  const char* description;
};

inline constexpr std::array<FurtherPart, 8> further_parts = {
    {{"preactivation_deficit", &compare::PredictedLayer::preactivation_deficit,
      "1 − K_ab/√(K_aa K_bb) of the network that was sampled"},
     {"deficit", &compare::PredictedLayer::deficit,
      "1 − correlation of the network that was sampled"},
     {"separating_fraction", &compare::PredictedLayer::separating_fraction,
      "fraction of neurons active for exactly one of the two inputs, in the network that was "
      "sampled"},
     {"gram_variance", &compare::PredictedLayer::gram_variance,
      "width times the variance of one network's gram, in the limit"},
     {"correlation_variance", &compare::PredictedLayer::correlation_variance,
      "width times the variance of one network's correlation, in the limit"},
     {"gram_bias", &compare::PredictedLayer::gram_bias,
      "width times the mean gram's distance from its limit"},
     {"correlation_bias", &compare::PredictedLayer::correlation_bias,
      "width times the mean correlation's distance from its limit"},
     {"without_limit", &compare::PredictedLayer::without_limit,
      "1 where gram says nothing of finite networks, whose entry has no limit"}}};

inline std::string layer_group(const std::string& parent, std::size_t layer) {
  return fmt::format("{}/layer_{}", parent, layer);
}

inline std::string sparsity_path(std::int64_t width) {
  return fmt::format("/measurement/width_{}/sparsity", width);
}

inline std::string selectivity_path(std::int64_t width) {
  return fmt::format("/measurement/width_{}/selectivity", width);
}

}  // namespace wideproof::app
