// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <wideproof/compare/statistics/hotelling.hpp>
#include <wideproof/compare/widths/class_limit.hpp>

namespace wideproof::compare {

// Series over the widths and their tests in the words of a claim's detail.

/// What a mean is a series in: 1/n^power, n by the symbol that a kind of study has for the width.
struct WidthSeriesTerm {
  std::string_view width = "n";
  double power = 1.0;

  /// "1/n", "1/√n", "1/n^0.7", and of a higher order "1/n²", "1/n^1.5"
  std::string name(int order = 1) const;
};

/// "Hotelling's T² = 3.2 in 2 directions, 99 degrees of freedom, p = 0.2"
std::string describe(const JointTest& test);

/// "order 1 in 1/n: Hotelling's T² = …; order 2: …; lack of fit p = 0.4"
std::string describe(const ClassLimit& limit, const WidthSeriesTerm& term);

}  // namespace wideproof::compare
