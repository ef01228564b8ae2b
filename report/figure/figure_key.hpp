// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace wideproof::report {

/// What a curve of a figure is called.
struct CurveName {
  std::string plain;     ///< as in a sentence
  std::string enhanced;  ///< the same as gnuplot's enhanced text between single quotes
};

/// The key above a plot. Curves with long names are numbered, and named in the caption.
struct FigureKey {
  std::vector<std::string> titles = {};  ///< one a curve: its name or its number, enhanced text
  std::string names = {};  ///< ` 1: f = 0.05, z = 3; 2: …` where curves are numbered, else empty
  std::string commands = {};  ///< gnuplot commands that place the key
  double height = 0.0;  ///< of the key over the width of the figure, to be added to its height
};

/// The key of curves and of `others`, entries besides them that are never numbered. Names are
/// written out in two columns where they have at most 14 characters, in one where there are at
/// most three of 30.
FigureKey figure_key(const std::vector<CurveName>& curves,
                     const std::vector<std::string>& others = {});

}  // namespace wideproof::report
