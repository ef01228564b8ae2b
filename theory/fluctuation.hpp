// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::theory {

/// What wide but finite networks do around `prediction`, to first order in 1/n: PairRecursion for
/// each pair of inputs. To be stored in Prediction::fluctuation.
///
/// Inputs have unit norm, so the cosine of a pair says everything: pairs of equal cosine (to 1e-14)
/// are computed once. A distinct cosine costs some 3 µs a layer, 15 µs with postsynaptic
/// correlation and that 0.2 to 0.5 s once.
///
/// Derived for thresholded_relu, relu and linear activations with one lateral filter at most; else
/// the result says so and is empty.
model::Fluctuation predict_fluctuation(const model::Network& network,
                                       const model::Prediction& prediction);

}  // namespace wideproof::theory
