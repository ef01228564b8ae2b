// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/report/figure/sweep_trace.hpp>

namespace wideproof::report {

/// The figures of a sweep to which studies of dimension lend traces: D̃ (of data of a fixed
/// dimension N D̃) and NΣ against the layer.
std::shared_ptr<const TracedFigure> dimensionality_by_layer(bool is_of_fixed_dimension);
std::shared_ptr<const TracedFigure> strength_by_layer();

/// Of each figure a trace: the prediction as a line, the limits or, without them, the means at the
/// largest width as dots. None of NΣ for data of a fixed dimension.
std::vector<SweepTrace> dimension_traces(const compare::DimensionAssessment& assessment);

/// The lines of a prediction alone.
std::vector<SweepTrace> dimension_traces(const model::DimensionPrediction& prediction,
                                         bool is_of_fixed_dimension);

}  // namespace wideproof::report
