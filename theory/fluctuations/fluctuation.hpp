// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::theory {

/// What wide but finite networks do around `prediction`, to first order in 1/n: PairRecursion for
/// each pair of inputs. To be stored in Prediction::fluctuation.
///
/// Inputs have unit norm, so the deficit 1 − c of a pair says everything
/// (LayerPrediction::preactivation_deficit of the first layer): pairs of equal deficit (to 1e-12 of
/// it) are computed once. A deficit of 0 is one direction, whose correlation does not fluctuate;
/// every other one, however small, has its correlation's variance and bias to relative precision in
/// units of the squared deficit and of the deficit: some 1e-13 times the condition of the
/// recursion, 2e-6 with postsynaptic correlation (LongRunCovariance). A distinct deficit costs some
/// 2 µs a layer, 20 µs with postsynaptic correlation and that 0.2 to 0.5 s once.
///
/// Derived for thresholded_relu, relu and linear activations with one lateral filter at most; else
/// the result says so and is empty.
model::Fluctuation predict_fluctuation(const model::Network& network,
                                       const model::Prediction& prediction);

}  // namespace wideproof::theory
