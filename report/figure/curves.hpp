// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/report/figure/figure.hpp>

namespace wideproof::report {

// What figures of a few curves, each of a few points, are drawn of.

struct CurvePoint {
  double x = 0.0;
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};

/// With bars at 95% of the normal law, or none where the error is not known.
CurvePoint curve_point(double x, double mean, double standard_error);

struct Curve {
  std::string title;
  std::string style;  ///< gnuplot's, without what it reads
  bool is_line = false;
  bool has_band = false;  ///< of a line, from low to high
  int band_type = 1;      ///< gnuplot's, its colour
  std::vector<CurvePoint> points = {};
};

/// The style of dots with bars.
std::string curve_dots(int line_type, bool is_hollow = false);

/// Where the vertical axis begins and ends.
struct CurveHeights {
  double low = 0.0;
  double high = 0.0;
};

/// Of what curves and bars reach with little to spare, from 0 on or as they are.
CurveHeights curve_heights(const std::vector<Curve>& curves, bool from_zero);

/// Every value and both ends of it, to choose an axis by.
std::vector<double> ends_of(const std::vector<Curve>& curves);

/// Fills table, key, plot and height of a figure that has a name; `axes` are gnuplot commands.
void draw_curves(Figure& figure, const std::vector<Curve>& curves, const std::string& axes,
                 const CurveHeights& heights);
/// With a vertical axis that `axes` set.
void draw_curves(Figure& figure, const std::vector<Curve>& curves, const std::string& axes);

}  // namespace wideproof::report
