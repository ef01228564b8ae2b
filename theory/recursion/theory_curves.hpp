// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/gram/theory_curves.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::theory {

/// The lines that a report draws beside its points, from `theory` and its kernels: for
/// (thresholded) ReLUs the correlation map over [−1, 1], followed from the pair of inputs whose
/// cosine is nearest to 0; for other activations each layer's own map, on which that pair goes from
/// layer to layer. The kernel against the angle where inputs lie on a circle and the theory is what
/// is compared.
model::TheoryCurves theory_curves(const model::Experiment& experiment,
                                  const model::Prediction& theory);

}  // namespace wideproof::theory
