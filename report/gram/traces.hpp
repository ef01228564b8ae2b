// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/report/figure/sweep_trace.hpp>
#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::report {

/// What a study of Gram matrices lends to the figures of its sweep: a trace for each figure of
/// gram_traced_figures(), in their order, empty where there is none. Where nothing was measured
/// those of correlations alone, as lines.
///
///   correlation_map        see measured_map(); where layers have maps of their own, the last that
///                          theory drew
///   correlation_by_layer   of the two inputs nearest to a right angle
///   kernel_angle           for inputs on a circle
std::vector<SweepTrace> gram_traces(const GramStudy& study);

}  // namespace wideproof::report
