// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/theory/neurons/limit_response.hpp>

namespace wideproof::theory {

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
