// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/training/assessment.hpp>
#include <wideproof/report/figure/sweep_trace.hpp>
#include <wideproof/report/training/training_study.hpp>

namespace wideproof::report {

/// The traces that a study of training lends to figures of a sweep, those that have points: the
/// training loss and the test loss against the step, what the limit lets expect as a line and
/// networks of the largest width as dots. Steps where a loss is not positive are left out.
std::vector<SweepTrace> training_traces(const compare::TrainingAssessment& assessment,
                                        const TheoryLosses& losses);

}  // namespace wideproof::report
