// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/training/training_study.hpp>

namespace wideproof::report {

/// The first output after the last recorded step at every input, of inputs in the plane against
/// their angle, else against their number; nullopt where outputs were not kept.
std::optional<Figure> output_figure(const TrainingStudy& study);

}  // namespace wideproof::report
