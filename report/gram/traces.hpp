// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::report {

/// A line of theory's and the dots that were measured, of one point of a sweep.
struct SweepTrace {
  std::string name;  ///< which figure it belongs to, see gram_traces()
  std::vector<double> line_x = {};
  std::vector<double> line_y = {};  ///< predicted
  std::vector<double> dot_x = {};
  std::vector<double> dot_y = {};      ///< measured
  std::vector<double> dot_error = {};  ///< standard errors
};

/// What a study of Gram matrices lends to the figures of its sweep, by name, where there is such:
///
///   correlation_map        c′ of a layer against c of the one before, see measured_map(); where
///                          layers have maps of their own, the last that theory drew
///   correlation_by_layer   c of the kernel that a layer sees, of the two inputs nearest to a right
///                          angle, against the layer
///   kernel_angle           Gram of the last layer against the angle, for inputs on a circle
///   norm_by_width          mean norm of the last layer against the width n
///   fluctuation_by_width   n·Var of one network's norm at the last layer, over the norm squared
///   deviation_by_width     root mean square deviation of one network's Gram from the mean at the
///                          last layer, over all entries, relative to the norm
std::vector<SweepTrace> gram_traces(const GramStudy& study);

}  // namespace wideproof::report
