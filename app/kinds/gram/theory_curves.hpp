// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::app {

/// The lines that a report draws beside its points, from `theory` and its kernels: for
/// (thresholded) ReLUs the correlation map over [−1, 1], followed from the pair of inputs whose
/// cosine is nearest to 0; for other activations each layer's own map, on which that pair goes from
/// layer to layer. The kernel against the angle where inputs lie on a circle and the theory is what
/// is compared.
report::TheoryCurves theory_curves(const model::Experiment& experiment,
                                   const model::Prediction& theory);

}  // namespace wideproof::app
