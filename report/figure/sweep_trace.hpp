// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace wideproof::report {

/// A figure in which the points of a sweep lay a trace each over those of the others.
struct TracedFigure {
  enum class X { given, layers, widths, widths_side_by_side };
  enum class Y { linear, logarithmic };

  std::string name;     ///< of the figure: sweep_<name>
  std::string title;    ///< a few words
  std::string caption;  ///< what is on the axes, a sentence
  std::string axes;     ///< gnuplot commands: labels, ranges, tics
  Y y = Y::linear;
  /// Over layers labels are whole numbers. Over widths the axis is logarithmic, and dots of one
  /// width may stand side by side.
  X x = X::given;
  /// The line carries a number x ≤ 1 on to y ≤ 1, as one layer does to the next: the diagonal is
  /// drawn, and where numbers come to rest on the line there is a ring.
  bool is_return_map = false;
};

/// A line of theory's and the dots that were measured, of one point of a sweep.
struct SweepTrace {
  std::shared_ptr<const TracedFigure> figure;  ///< where it is drawn; shared, never null
  std::vector<double> line_x = {};
  std::vector<double> line_y = {};  ///< predicted
  std::vector<double> dot_x = {};
  std::vector<double> dot_y = {};      ///< measured
  std::vector<double> dot_error = {};  ///< standard errors
  std::string about = {};              ///< what it is of: "inputs 1 and 3"; may be empty

  bool is_empty() const { return line_x.empty() && dot_x.empty(); }
};

}  // namespace wideproof::report
