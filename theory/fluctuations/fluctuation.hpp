// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::theory {

/// What wide but finite networks do around `prediction`, to first order in 1/n: PairRecursion for
/// each pair of inputs. To be stored in Prediction::fluctuation.
///
/// Inputs have unit norm, so that a pair is described by its deficit 1 − c alone
/// (LayerPrediction::preactivation_deficit of the first layer). Pairs whose deficits are equal, to
/// 1e-12 of them, are computed once: that takes some 2 µs a layer, with postsynaptic correlation
/// 20 µs and 0.2 to 0.5 s once for all.
///
/// A deficit of 0 means one direction, whose correlation does not fluctuate. Of every other pair,
/// however near, the correlation's variance is known relative to the squared deficit and its bias
/// relative to the deficit: to some 1e-13 times the condition of the recursion, to 2e-6 with
/// postsynaptic correlation (LongRunCovariance).
///
/// Derived for thresholded_relu, relu and linear activations with one lateral filter at most; else
/// the result says so and is empty. Of sparse_projection variances are those of
/// ProjectionFluctuation, and biases are not derived.
model::Fluctuation predict_fluctuation(const model::Network& network,
                                       const model::Prediction& prediction);

}  // namespace wideproof::theory
