// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/training/training_study.hpp>

namespace wideproof::report {

/// The figures of a study of training; one without any number is not made, nor one against the step
/// with fewer than two recorded ones:
///
///   training_loss, test_loss  against the step: networks of some widths with bands, and what the
///                             limit lets expect of descent and flow
///   accuracy, test_accuracy   likewise, of classes
///   effective_dimension       of the last layer's kernel, against the step
///   outputs                   the first output at every input after the last step: networks, the
///                             limit with a band, both regressions, targets
///   spread                    how much networks differ, against the width
///   tangent_drift             how far the tangent kernel moved, against the width
std::vector<Figure> training_figures(const TrainingStudy& study);

}  // namespace wideproof::report
