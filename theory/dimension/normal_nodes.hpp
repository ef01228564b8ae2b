// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

namespace wideproof::theory {

/// Where a function of a normal variable changes fast: within `scale` of `centre`, as tanh or erf
/// of (x − centre)/scale does. A kink or a jump at `centre` has the scale 0.
struct Transition {
  double centre;
  double scale;
};

/// Nodes and weights for the mean of a function of a standard normal x: Σ_i weights_i f(x_i).
///
/// Gauss–Legendre of 20 points on panels that are 2 long at most and shrink towards each transition
/// by halves until they are 2 scales long. A tanh(x/scale) has its poles π/2 scales away, which on
/// such panels leaves an error of 1e-16 and less. The line ends at ±13, where a Hermite function
/// of any degree has fallen below 1e-18.
struct NormalNodes {
  Eigen::ArrayXd x;
  Eigen::ArrayXd weights;
  Eigen::ArrayXd offsets;  ///< x less the first transition's centre, without rounding of either
};

NormalNodes normal_nodes(const std::vector<Transition>& transitions);

}  // namespace wideproof::theory
