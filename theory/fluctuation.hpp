// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::theory {

/// What wide but finite networks do around `prediction`, to first order in 1/n: PairRecursion for
/// each pair of inputs. To be stored in Prediction::fluctuation.
///
/// Inputs have unit norm, so the cosine of a pair says everything: pairs of equal cosine (to 1e-14)
/// are computed once. A distinct cosine costs some 10 µs a layer; with postsynaptic correlation the
/// first 32 cost up to 0.1 s each and the others no more than without.
///
/// Derived for thresholded_relu, relu and linear activations, with one lateral filter at most, as
/// the sentence in the result says otherwise.
model::Fluctuation predict_fluctuation(const model::Network& network,
                                       const model::Prediction& prediction);

}  // namespace wideproof::theory
