// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/compare/generalization/learning_curve.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/model/generalization/measurement.hpp>

namespace wideproof::compare {

/// The mean squared error over the pool: what a sweep shows of a study of generalization.
SharedQuantity error_quantity();

/// For each P the error of kernel regression (width 0) and that of networks of every width, each
/// beside the prediction of the kernel's. Of a draw of data the error is the mean over its
/// networks.
std::vector<SweepNumber> error_numbers(const GeneralizationAssessment& assessment,
                                       const model::GeneralizationMeasurement& measurement);

/// Those of a study that is still to be run: what will be measured, without values.
std::vector<SweepNumber> planned_error_numbers(const std::vector<std::int64_t>& training_points,
                                               const std::vector<std::int64_t>& widths);

/// Whether anything was set beside kernel regression.
bool is_judged(const GeneralizationAssessment& assessment);

}  // namespace wideproof::compare
