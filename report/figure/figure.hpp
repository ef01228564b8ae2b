// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace wideproof::report {

/// One figure as text: the table that it is drawn from, and gnuplot commands that draw it.
struct Figure {
  std::string name = {};     ///< stem of its files: figures/<name>.svg, .pdf and .csv
  std::string title = {};    ///< a few words
  std::string caption = {};  ///< what is seen, in sentences that a newcomer understands
  std::string csv = {};      ///< a header line, then rows; commas
  /// gnuplot commands that read '<name>.csv' from the working folder. Terminal, output, fonts and
  /// colours are the drawer's.
  std::string plot = {};
  double height_over_width = 0.75;
  bool is_map = false;  ///< colours are numbers, as in a heat map: a dark page does not change them
};

}  // namespace wideproof::report
