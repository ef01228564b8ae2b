// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/model/dimension/prediction.hpp>
#include <wideproof/model/dimension/synapses.hpp>
#include <wideproof/model/network.hpp>

namespace wideproof::theory {

/// A formula that a theorist may write down for the layers of an experiment.
struct CandidateDimensions {
  std::string name;  ///< "gain +2%"
  bool is_wrong = true;
  std::vector<model::DimensionLayer> layers;
};

/// The theory's own layers, not to be rejected, and those of wrong formulas that differ from it for
/// this network:
///
///   gain ±2%, correlation ±10%, the correlation left out, orthogonal synapses taken for
///   independent ones and the other way round
///
/// Those whose variances leave the range of predict_dimension() are left out. A linear network's
/// dimensionality knows of no gain, nor does a rectifier's without biases; their variances do.
std::vector<CandidateDimensions> candidate_dimensions(const model::Network& network,
                                                      const model::Synapses& synapses,
                                                      const model::LayerMoments& inputs = {});

}  // namespace wideproof::theory
