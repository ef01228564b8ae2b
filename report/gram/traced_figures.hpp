// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <wideproof/report/figure/sweep_trace.hpp>

namespace wideproof::report {

/// The figures to which a study of Gram matrices lends traces, in the order of a page:
///
///   correlation_map        c′ of a layer against c of the one before
///   correlation_by_layer   c of the kernel that a layer sees against the layer
///   kernel_angle           Gram of the last layer against the angle between inputs
///   norm_by_width          mean norm of the last layer against the width n
///   fluctuation_by_width   n·Var of one network's norm at the last layer, over the norm squared
///   deviation_by_width     root mean square deviation of one network's Gram from the mean at the
///                          last layer, over all entries, relative to the norm
struct GramTracedFigures {
  std::shared_ptr<const TracedFigure> correlation_map;
  std::shared_ptr<const TracedFigure> correlation_by_layer;
  std::shared_ptr<const TracedFigure> kernel_angle;
  std::shared_ptr<const TracedFigure> norm_by_width;
  std::shared_ptr<const TracedFigure> fluctuation_by_width;
  std::shared_ptr<const TracedFigure> deviation_by_width;
};

/// `has_norms`: whether Gram matrices are compared, else correlations alone, and words are of
/// these.
const GramTracedFigures& gram_traced_figures(bool has_norms = true);

}  // namespace wideproof::report
