// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace wideproof::model {

/// A line of the theory's, as numbers.
struct TheoryCurve {
  std::int64_t layer = 0;  ///< hidden layer; 0: all of them
  std::vector<double> x;
  std::vector<double> y;
};

/// Lines that are drawn beside what was measured. Computed by the theory, between the inputs of the
/// experiment too; empty where there is nothing of the kind.
struct TheoryCurves {
  /// Gram of two inputs against the angle between them in degrees, by layer; for a circle.
  std::vector<TheoryCurve> kernel;
  /// Correlation c' of the kernel of layer l + 1 against c of layer l: one line for all layers, or
  /// one a layer, named by l.
  std::vector<TheoryCurve> map;
  /// c of one pair of inputs from the first layer on.
  std::vector<double> iterates;
};

}  // namespace wideproof::model
