// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/kinds/dimension/ensemble_data.hpp>
#include <wideproof/model/dimension/dimension_prediction.hpp>
#include <wideproof/model/dimension/input_ensemble.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>
#include <wideproof/theory/dimension/dimension_limit.hpp>

namespace wideproof::app {

/// Why theory is not to be trusted with a study of dimension, in a sentence without a full stop;
/// empty where it is.
std::string why_not_predicted(const model::Experiment& experiment);

/// What theory says of a study of dimension; nullopt where DimensionSpec::is_predicted() says that
/// it says nothing, and where why_not_predicted() says why not. Of data from a file it is the
/// participation ratio of the centred Gram matrices. Throws model::InputError for what theory
/// refuses, and for inputs that differ by less than simulation.dtype resolves, from the start or at
/// a layer.
std::optional<model::DimensionPrediction> predict_dimension(const model::Experiment& experiment,
                                                            const EnsembleData& data);

/// The theory's layers as they are judged.
std::vector<model::LayerDimension> judged_layers(const std::vector<theory::DimensionLayer>& layers);

/// Moments of an ensemble that is drawn, in the limit N → ∞: of C⁰ = FFᵀ/p, p = N/strength, the
/// diagonal tends to 1.
theory::LayerMoments input_moments(const model::InputEnsemble& ensemble);

/// The law of the sampled networks: weight variance and, for thresholds, the variances of h.
sim::SampledLaw law_of_ensemble(const model::Experiment& experiment);

}  // namespace wideproof::app
