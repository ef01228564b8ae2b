// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include <wideproof/app/folders/run_folder.hpp>
#include <wideproof/report/figure/figure.hpp>

namespace wideproof::app {

/// The figures of a run as they were drawn.
struct Drawing {
  std::map<std::string, std::string> svg;  ///< by name of the figure; those drawn alone
  /// A line for the user about each figure that could not be drawn or that gnuplot warned of, or
  /// one line for all that says what to install.
  std::vector<std::string> complaints;
};

/// Writes figures/<name>.csv of each figure into the run's folder, and <name>.svg and <name>.pdf as
/// one gnuplot process draws them from it. Files are whole or absent: a figure that cannot be drawn
/// leaves no picture, not even that of a run before.
///
/// The SVG is 480 wide (its unit is the pixel) on a transparent ground with text of 18; the PDF
/// 88 mm wide, a column of a paper, with text of 8 points. A figure's commands may use
///   linetypes 1…8         Okabe and Ito's colours, which the colour-blind tell apart: `lt 1` …
///   the tables' first lines as heads, not as data
///   @sequential           a palette from dark to light, even in lightness (viridis)
///   @diverging            blue, white, red: for values around 0
/// and nothing else of this preamble.
///
/// Throws model::InputError naming a file that cannot be written.
Drawing draw_figures(const RunFolder& run, const std::vector<report::Figure>& figures);

}  // namespace wideproof::app
