// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/training/training_study.hpp>

namespace wideproof::report {

/// Losses, accuracies and the effective dimension against the step, those that exist.
std::vector<Figure> step_figures(const TrainingStudy& study);

}  // namespace wideproof::report
